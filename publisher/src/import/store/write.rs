//! Writing a run so that it is there as a whole or not at all.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::Path;

use sha2::{Digest, Sha256};

use super::record::RECORD_LENGTH;
use super::sort::Stream;
use super::{Manifest, Store, hex};
use crate::Error;

impl Store {
    /// Whether a file with this hash was taken in with these options.
    pub(in crate::import) fn run(&self, file: &str, options: &str) -> Option<&Manifest> {
        self.runs.get(&name(file, options))
    }

    /// Puts a run in place: its records, then its manifest, whose last fields
    /// are filled in here. Runs of the same file with other options go.
    pub(in crate::import) fn add(
        &mut self,
        mut manifest: Manifest,
        records: Stream,
    ) -> Result<Manifest, Error> {
        let name = name(&manifest.file, &manifest.options);
        let path = self.folder.join(&name);
        let failed = |error| Error::Io {
            path: self.folder.clone(),
            error,
        };
        let run = path.with_extension("run");
        let (count, hash) = put(&run, |file| {
            let mut hash = Sha256::new();
            let mut bytes = Vec::with_capacity(1 << 12);
            let mut count = 0;
            for record in records {
                bytes.extend(record?.to_bytes());
                count += 1;
                if bytes.len() > (1 << 12) - RECORD_LENGTH {
                    hash.update(&bytes);
                    file.write_all(&bytes)?;
                    bytes.clear();
                }
            }
            hash.update(&bytes);
            file.write_all(&bytes)?;
            Ok((count, hex(&hash.finalize())))
        })
        .map_err(failed)?;
        (manifest.records, manifest.run) = (count, hash);
        let text = serde_json::to_vec_pretty(&manifest).map_err(|error| failed(error.into()))?;
        put(&path.with_extension("json"), |file| file.write_all(&text)).map_err(failed)?;
        // Whichever name reaches the disk first: a manifest without its run does
        // not count, nor a run without its manifest.
        let folder = File::open(&self.folder);
        folder
            .and_then(|folder| folder.sync_all())
            .map_err(failed)?;
        let other = |other: &&String| **other != name && is_of(other, &manifest.file);
        let all = self.runs.keys().chain(&self.broken);
        let others: Vec<String> = all.filter(other).cloned().collect();
        for other in others {
            let path = self.folder.join(&other);
            // The manifest first: without it the run does not count.
            for extension in ["json", "run"] {
                match fs::remove_file(path.with_extension(extension)) {
                    Err(error) if error.kind() != io::ErrorKind::NotFound => {
                        return Err(failed(error));
                    }
                    _ => {}
                }
            }
            self.runs.remove(&other);
            self.broken.remove(&other);
        }
        self.broken.remove(&name);
        self.runs.insert(name, manifest.clone());
        Ok(manifest)
    }
}

/// The name of a run, without numbers of anybody: hashes only.
fn name(file: &str, options: &str) -> String {
    let file = file.get(..24).unwrap_or(file);
    format!("{file}-{options}")
}

fn is_of(name: &str, file: &str) -> bool {
    name.starts_with(file.get(..24).unwrap_or(file))
}

/// Writes a file under another name, brings it to the disk and gives it its
/// name.
fn put<T>(path: &Path, write: impl FnOnce(&mut BufWriter<File>) -> io::Result<T>) -> io::Result<T> {
    let mut part = path.as_os_str().to_owned();
    part.push(".part");
    let mut file = BufWriter::with_capacity(1 << 16, File::create(&part)?);
    let written = write(&mut file)?;
    file.into_inner()
        .map_err(io::IntoInnerError::into_error)?
        .sync_all()?;
    fs::rename(&part, path)?;
    Ok(written)
}
