import org.jetbrains.kotlin.gradle.dsl.JvmTarget

plugins {
    id("com.android.application")
    id("org.jetbrains.kotlin.android")
}

/** The database as an asset, as it is in data/. */
val database by tasks.registering(Copy::class) {
    from(rootDir.resolve("../data/bundled.rfdb"))
    into(layout.buildDirectory.dir("database"))
}

android {
    namespace = "app.ringfence"
    compileSdk = 36

    defaultConfig {
        applicationId = "app.ringfence"
        minSdk = 29
        targetSdk = 36
        versionCode = 1
        versionName = "0.1.0"
    }

    buildTypes {
        release {
            isMinifyEnabled = true
            isShrinkResources = true
            proguardFiles(getDefaultProguardFile("proguard-android-optimize.txt"), "proguard-rules.pro")
        }
    }

    // Both are mapped from the APK, so they must not be compressed.
    androidResources { noCompress += "rfdb" }
    packaging { jniLibs.useLegacyPackaging = false }

    sourceSets["main"].assets.srcDir(layout.buildDirectory.dir("database"))

    compileOptions {
        sourceCompatibility = JavaVersion.VERSION_1_8
        targetCompatibility = JavaVersion.VERSION_1_8
    }
}

tasks.named("preBuild") { dependsOn(database) }

kotlin {
    compilerOptions {
        jvmTarget.set(JvmTarget.JVM_1_8)
        allWarningsAsErrors.set(true)
    }
}

dependencies {
    implementation(project(":core"))
    implementation("net.java.dev.jna:jna:5.19.1@aar")
}
