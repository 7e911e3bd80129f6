//! The files of one folder, in the few steps whose order decides what a crash
//! leaves behind. A test's disk crashes at every one of them.

use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

/// A folder of files. Names are plain file names.
pub trait Disk: Send + Sync {
    /// The whole file, `None` if there is none. Files longer than `most` bytes
    /// are not ours and are an error.
    ///
    /// # Errors
    /// Those of the file system.
    fn read(&self, name: &str, most: u64) -> io::Result<Option<Vec<u8>>>;

    /// Writes bytes at an offset; the file is made if there is none.
    ///
    /// # Errors
    /// Those of the file system; part of the bytes may have been written.
    fn write(&self, name: &str, offset: u64, bytes: &[u8]) -> io::Result<()>;

    /// Waits until the file's bytes are on the medium.
    ///
    /// # Errors
    /// Those of the file system.
    fn sync(&self, name: &str) -> io::Result<()>;

    /// Gives a file another name, in one step; a file of that name is replaced.
    ///
    /// # Errors
    /// Those of the file system.
    fn rename(&self, from: &str, to: &str) -> io::Result<()>;

    /// Removes a file; it is no error if there is none.
    ///
    /// # Errors
    /// Those of the file system.
    fn remove(&self, name: &str) -> io::Result<()>;

    /// Waits until the folder's names are on the medium.
    ///
    /// # Errors
    /// Those of the file system.
    fn sync_folder(&self) -> io::Result<()>;
}

/// The name under which a new version of a file is written.
fn new_name(name: &str) -> String {
    format!("{name}.new")
}

/// Replaces a whole file: after a crash it is the old one or the new one.
pub(crate) fn replace(disk: &dyn Disk, name: &str, bytes: &[u8]) -> io::Result<()> {
    let new = new_name(name);
    // One that a crash left behind may be longer.
    disk.remove(&new)?;
    disk.write(&new, 0, bytes)?;
    disk.sync(&new)?;
    disk.rename(&new, name)?;
    disk.sync_folder()
}

/// Removes files with what may be left of their new versions. All that can be
/// removed is; the first error is returned.
pub(crate) fn remove_all(disk: &dyn Disk, names: &[&str]) -> io::Result<()> {
    let mut result = Ok(());
    for name in names {
        for name in [*name, &new_name(name)] {
            result = result.and(disk.remove(name));
        }
    }
    result.and(disk.sync_folder())
}

/// A folder of the file system.
pub struct Folder {
    path: PathBuf,
}

impl Folder {
    /// The folder at a path, which is made if there is none.
    ///
    /// # Errors
    /// Those of the file system.
    pub fn open(path: &Path) -> io::Result<Self> {
        if !path.is_dir() {
            fs::create_dir_all(path)?;
            // Its own name is in the folder above.
            let parent = path.canonicalize()?;
            if let Some(parent) = parent.parent() {
                sync_names(parent)?;
            }
        }
        Ok(Self::existing(path))
    }

    /// The folder at a path, which is not made.
    pub(crate) fn existing(path: &Path) -> Self {
        Self {
            path: path.to_owned(),
        }
    }

    fn file(&self, name: &str) -> PathBuf {
        self.path.join(name)
    }
}

impl Disk for Folder {
    fn read(&self, name: &str, most: u64) -> io::Result<Option<Vec<u8>>> {
        let file = match File::open(self.file(name)) {
            Ok(file) => file,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(error),
        };
        let length = file.metadata()?.len();
        if length > most {
            return Err(ErrorKind::FileTooLarge.into());
        }
        let mut bytes = Vec::with_capacity(usize::try_from(length).unwrap_or(0));
        file.take(most).read_to_end(&mut bytes)?;
        Ok(Some(bytes))
    }

    fn write(&self, name: &str, offset: u64, bytes: &[u8]) -> io::Result<()> {
        let mut options = OpenOptions::new();
        options.write(true).create(true).truncate(false);
        // What is in here is for nobody else on the phone.
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file = options.open(self.file(name))?;
        file.seek(SeekFrom::Start(offset))?;
        file.write_all(bytes)
    }

    fn sync(&self, name: &str) -> io::Result<()> {
        let file = OpenOptions::new().write(true).open(self.file(name))?;
        file.sync_data()
    }

    fn rename(&self, from: &str, to: &str) -> io::Result<()> {
        fs::rename(self.file(from), self.file(to))
    }

    fn remove(&self, name: &str) -> io::Result<()> {
        match fs::remove_file(self.file(name)) {
            Err(error) if error.kind() != ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        }
    }

    fn sync_folder(&self) -> io::Result<()> {
        sync_names(&self.path)
    }
}

/// Where folders are not files, the system sees to it.
fn sync_names(folder: &Path) -> io::Result<()> {
    if cfg!(unix) {
        File::open(folder)?.sync_all()?;
    }
    Ok(())
}
