import org.jetbrains.kotlin.gradle.dsl.JvmTarget

plugins {
    id("org.jetbrains.kotlin.jvm")
}

kotlin {
    explicitApi()
    compilerOptions {
        jvmTarget.set(JvmTarget.JVM_1_8)
        freeCompilerArgs.add("-Xjdk-release=1.8")
        allWarningsAsErrors.set(true)
    }
}

java {
    sourceCompatibility = JavaVersion.VERSION_1_8
    targetCompatibility = JavaVersion.VERSION_1_8
}

// The tests are run by Maven.
sourceSets.test { kotlin.setSrcDirs(emptyList<String>()) }

dependencies {
    // On the phone JNA comes with the app, as an archive that holds its native part.
    compileOnly("net.java.dev.jna:jna:5.19.1")
}
