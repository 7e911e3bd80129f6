//! `ringfence db`.

pub mod args;
mod import;

use std::io::Write;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use ringfence::database::{Database, Error};
use ringfence_publisher::{Options, build};
use serde::Serialize;

use crate::args::DbCommand;
use crate::screen::rfc3339;
use crate::{open, plan};

/// What a database holds.
#[derive(Serialize)]
struct Info<'a> {
    release: &'a str,
    issued: String,
    format_version: u32,
    bytes: u64,
    fingerprint: String,
    sections: Vec<SectionInfo>,
    regions: usize,
    ranges: usize,
    emergency_regions: usize,
    sources: Vec<&'a str>,
}

#[derive(Serialize)]
struct SectionInfo {
    name: String,
    bytes: usize,
}

#[derive(Serialize)]
struct Verified<'a> {
    release: &'a str,
    bytes: u64,
    fingerprint: String,
    whole: bool,
}

pub fn run(command: DbCommand, database: Option<&Path>) -> Result<()> {
    let choose = |file: Option<PathBuf>| file.or(database.map(Path::to_owned));
    match command {
        DbCommand::Info { file, json } => info(&open(choose(file).as_deref())?, json),
        DbCommand::Verify { file, json } => verify(choose(file).as_deref(), json),
        DbCommand::Import(args) => import::run(&args, &open(database)?),
        DbCommand::Build {
            data,
            out,
            metadata,
            metadata_version,
            regions,
            json,
        } => {
            let options = Options {
                data,
                metadata: metadata.zip(metadata_version),
                regions: regions.iter().map(|region| region.to_uppercase()).collect(),
            };
            let bytes = build(&options)?;
            write_whole(&out, &bytes)?;
            info(&open(Some(&out))?, json)
        }
    }
}

fn info(database: &Database, json: bool) -> Result<()> {
    let ranges = database.ranges().map_err(Error::from)?;
    let sections = database.sections().iter().map(|section| SectionInfo {
        name: section.id.to_string().replace('"', ""),
        bytes: section.length,
    });
    let info = Info {
        release: database.release(),
        issued: rfc3339(database.issued()),
        format_version: database.format_version(),
        bytes: database.length(),
        fingerprint: hex(&database.fingerprint()),
        sections: sections.collect(),
        regions: plan(database)?.regions().count(),
        ranges: ranges.count(),
        emergency_regions: ranges.emergency_regions(),
        sources: database.sources().map_err(Error::from)?.collect(),
    };
    let mut out = anstream::stdout().lock();
    if json {
        serde_json::to_writer(&mut out, &info)?;
        writeln!(out)?;
        return Ok(());
    }
    writeln!(out, "Release      {}", info.release)?;
    writeln!(out, "Issued       {}", info.issued)?;
    writeln!(out, "Format       version {}", info.format_version)?;
    writeln!(out, "Size         {} bytes", info.bytes)?;
    writeln!(out, "Fingerprint  {}", info.fingerprint)?;
    writeln!(
        out,
        "Holds        the numbering plans of {} regions",
        info.regions
    )?;
    writeln!(out, "             {} number ranges", info.ranges)?;
    writeln!(
        out,
        "             emergency numbers of {} regions",
        info.emergency_regions
    )?;
    for section in &info.sections {
        writeln!(
            out,
            "Section      {:8} {:>8} bytes",
            section.name, section.bytes
        )?;
    }
    for source in &info.sources {
        writeln!(out, "Source       {source}")?;
    }
    Ok(())
}

fn verify(path: Option<&Path>, json: bool) -> Result<()> {
    let name = || match path {
        Some(path) => path.display().to_string(),
        None => "the bundled database".to_owned(),
    };
    let database = open(path)?;
    database.verify().with_context(name)?;
    let verified = Verified {
        release: database.release(),
        bytes: database.length(),
        fingerprint: hex(&database.fingerprint()),
        whole: true,
    };
    let mut out = anstream::stdout().lock();
    if json {
        serde_json::to_writer(&mut out, &verified)?;
        writeln!(out)?;
    } else {
        let Verified { release, bytes, .. } = verified;
        writeln!(
            out,
            "{}: release {release} is whole ({bytes} bytes)",
            name()
        )?;
    }
    Ok(())
}

/// Writes a file so that its name never leads to half of it: into a new file
/// beside it, which then takes the name.
fn write_whole(path: &Path, bytes: &[u8]) -> Result<()> {
    let name = || path.display().to_string();
    if path
        .symlink_metadata()
        .is_ok_and(|metadata| !metadata.is_file())
    {
        bail!("{}: this is no file; give the name of one", name());
    }
    let folder = match path.parent() {
        Some(folder) if folder != Path::new("") => folder,
        _ => Path::new("."),
    };
    let write = || {
        let mut file = tempfile::Builder::new()
            .permissions(std::fs::Permissions::from_mode(0o644))
            .tempfile_in(folder)?;
        file.write_all(bytes)?;
        file.as_file().sync_all()?;
        file.persist(path)?;
        std::fs::File::open(folder)?.sync_all()
    };
    write().with_context(name)
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
