//! Where the bytes of a database live.

/// The bytes of a database.
pub(super) enum Storage {
    /// A memory map.
    #[cfg(feature = "mmap")]
    Mapped(memmap2::Mmap),
    /// Bytes that live as long as the program.
    Static(&'static [u8]),
    /// Bytes on the heap.
    Owned(Box<[u8]>),
}

impl Storage {
    #[inline]
    pub fn bytes(&self) -> &[u8] {
        match self {
            #[cfg(feature = "mmap")]
            Self::Mapped(map) => map,
            Self::Static(bytes) => bytes,
            Self::Owned(bytes) => bytes,
        }
    }

    /// Tells the system that these bytes of a mapped file are needed soon, in
    /// one go: without it each page is read when it is first touched.
    pub fn will_need(&self, offset: usize, length: usize) {
        #[cfg(all(feature = "mmap", unix))]
        if let Self::Mapped(map) = self
            && map.len().saturating_sub(offset) >= length
        {
            // It is a hint: if it fails, reading is only slower.
            let _ = map.advise_range(memmap2::Advice::WillNeed, offset, length);
        }
        let _ = (offset, length);
    }
}

/// Keeps the system from reading far more of the file than is touched: a first
/// verdict needs an eighth of it.
#[cfg(feature = "mmap")]
fn as_touched(map: memmap2::Mmap) -> Storage {
    #[cfg(unix)]
    let _ = map.advise(memmap2::Advice::Random);
    Storage::Mapped(map)
}

#[cfg(feature = "mmap")]
#[allow(unsafe_code)]
mod map {
    use std::fs::File;
    use std::path::Path;

    use memmap2::MmapOptions;

    use super::{Storage, as_touched};
    use crate::database::Error;

    impl Storage {
        /// Maps a whole file read-only.
        pub fn map_path(path: &Path) -> Result<Self, Error> {
            let file = File::open(path).map_err(Error::Io)?;
            let metadata = file.metadata().map_err(Error::Io)?;
            if !metadata.is_file() {
                return Err(Error::NotAFile);
            }
            if metadata.len() == 0 {
                return Err(Error::NotADatabase);
            }
            // SAFETY: the map is read-only and private to this value. Its
            // bytes stay the same as long as nobody writes to or truncates
            // the file; the documentation of `Database::open` demands that,
            // and the updater only ever renames whole files over the name,
            // which leaves this file's inode as it is. Should the rule be
            // broken, bytes change under shared references: all reads go
            // through bounds-checked copies of integers and through UTF-8
            // checks made on each use, so that no invariant of a type hangs
            // on a byte staying the same.
            let map = unsafe { MmapOptions::new().map(&file) }.map_err(Error::Io)?;
            Ok(as_touched(map))
        }

        /// Maps part of an open file read-only.
        #[cfg(unix)]
        pub fn map_descriptor(
            descriptor: std::os::fd::BorrowedFd<'_>,
            offset: u64,
            length: u64,
        ) -> Result<Self, Error> {
            use std::os::fd::AsRawFd;

            let whole = File::from(descriptor.try_clone_to_owned().map_err(Error::Io)?)
                .metadata()
                .map_err(Error::Io)?
                .len();
            let end = offset.checked_add(length);
            if end.is_none_or(|end| end > whole) {
                // Touching a page past the end of the file would kill the
                // process, so this is refused before it is mapped.
                return Err(Error::Truncated {
                    expected: length,
                    found: whole.saturating_sub(offset),
                });
            }
            let length = usize::try_from(length).map_err(|_| Error::DamagedHeader)?;
            if length == 0 {
                return Err(Error::NotADatabase);
            }
            // SAFETY: as in `map_path`; the range was checked to lie inside
            // the file. An APK is not written to while it is installed, an
            // update of the app installs another file.
            let map = unsafe {
                MmapOptions::new()
                    .offset(offset)
                    .len(length)
                    .map(descriptor.as_raw_fd())
            }
            .map_err(Error::Io)?;
            Ok(as_touched(map))
        }
    }
}
