//! A disk in memory that tells what a process sees from what is on the medium,
//! and stops or fails at any operation.

use std::collections::BTreeMap;
use std::io::{Error, ErrorKind, Result};
use std::sync::{Arc, Mutex, MutexGuard};

use ringfence_engine::Disk;

/// Files by name.
pub type Image = BTreeMap<String, Vec<u8>>;

const SECTOR: usize = 512;

#[derive(Clone, Default)]
struct File {
    /// What a process reads.
    seen: Vec<u8>,
    /// What is on the medium.
    durable: Vec<u8>,
    /// What was written since the last sync.
    pending: Vec<(usize, Vec<u8>)>,
}

/// A change of the names.
#[derive(Clone)]
enum Change {
    Add(String, usize),
    Remove(String),
    Rename(String, String, usize),
}

impl Change {
    fn apply(&self, names: &mut BTreeMap<String, usize>) {
        match self {
            Self::Add(name, file) => {
                names.insert(name.clone(), *file);
            }
            Self::Remove(name) => {
                names.remove(name);
            }
            Self::Rename(from, to, file) => {
                names.remove(from);
                names.insert(to.clone(), *file);
            }
        }
    }
}

/// What happens at an operation, counted from 0.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Stop {
    #[default]
    Never,
    /// The operation has been started; nothing works from then on.
    Crash(usize),
    /// The operation fails; all others work.
    Fail(usize),
}

#[derive(Clone, Default)]
struct State {
    files: Vec<File>,
    /// The names a process sees, and those on the medium.
    names: BTreeMap<String, usize>,
    durable: BTreeMap<String, usize>,
    /// What changed the names since they were last synced.
    changes: Vec<Change>,
    operations: usize,
    stop: Stop,
}

/// The disk; clones share it.
#[derive(Clone, Default)]
pub struct SimulatedDisk(Arc<Mutex<State>>);

impl SimulatedDisk {
    /// A disk after a crash: all there is is on the medium.
    pub fn from_image(image: &Image) -> Self {
        let mut state = State::default();
        for (name, bytes) in image {
            state.names.insert(name.clone(), state.files.len());
            state.files.push(File {
                seen: bytes.clone(),
                durable: bytes.clone(),
                pending: Vec::new(),
            });
        }
        state.durable = state.names.clone();
        Self(Arc::new(Mutex::new(state)))
    }

    /// Another disk in the same state, as another process would find it.
    pub fn copy(&self) -> Self {
        let mut state = self.state().clone();
        state.operations = 0;
        state.stop = Stop::Never;
        Self(Arc::new(Mutex::new(state)))
    }

    /// Counts operations anew and stops at one.
    pub fn stop(&self, stop: Stop) {
        let mut state = self.state();
        state.operations = 0;
        state.stop = stop;
    }

    /// How many operations there were.
    pub fn operations(&self) -> usize {
        self.state().operations
    }

    /// What a process sees.
    pub fn seen(&self) -> Image {
        let state = self.state();
        let names = state.names.iter();
        names
            .map(|(name, &file)| (name.clone(), state.files[file].seen.clone()))
            .collect()
    }

    /// What may be on the medium after the power fails now. Writes may be lost,
    /// done, or done up to any of `cuts` with or without zeros behind; of a
    /// write over several sectors the later ones may be there without the
    /// earlier. Any of the changes of names may be done.
    pub fn after_crash(&self, cuts: impl Fn(usize) -> Vec<usize>) -> Vec<Image> {
        let state = self.state();
        let contents: Vec<Vec<Vec<u8>>> = state
            .files
            .iter()
            .map(|file| file.after_crash(&cuts))
            .collect();
        let mut images = Vec::new();
        for done in 0..1_u32 << state.changes.len() {
            let mut names = state.durable.clone();
            for (i, change) in state.changes.iter().enumerate() {
                if done >> i & 1 == 1 {
                    change.apply(&mut names);
                }
            }
            // One file after the other; the others as if all were done.
            let whole = |skip: usize| -> Image {
                let others = names.iter().filter(|&(_, &file)| file != skip);
                others
                    .map(|(name, &file)| (name.clone(), contents[file][0].clone()))
                    .collect()
            };
            images.push(whole(usize::MAX));
            for (name, &file) in &names {
                for content in &contents[file][1..] {
                    let mut image = whole(file);
                    image.insert(name.clone(), content.clone());
                    images.push(image);
                }
            }
        }
        images
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().expect("no test panics in here")
    }

    /// Counts an operation; `false` if it fails.
    fn start(&self) -> Result<(MutexGuard<'_, State>, bool)> {
        let mut state = self.state();
        let at = state.operations;
        state.operations += 1;
        match state.stop {
            Stop::Crash(stop) if at > stop => Err(Error::from(ErrorKind::Other)),
            Stop::Fail(stop) if at == stop => Ok((state, false)),
            _ => Ok((state, true)),
        }
    }
}

impl State {
    /// Whether the operation that was just done is the last.
    fn end(&self) -> Result<()> {
        match self.stop {
            Stop::Crash(stop) if self.operations == stop + 1 => Err(Error::from(ErrorKind::Other)),
            _ => Ok(()),
        }
    }

    fn change(&mut self, change: Change) {
        change.apply(&mut self.names);
        self.changes.push(change);
    }
}

impl File {
    /// All written comes first.
    fn after_crash(&self, cuts: &impl Fn(usize) -> Vec<usize>) -> Vec<Vec<u8>> {
        let mut contents = Vec::new();
        let mut done = self.durable.clone();
        for (offset, bytes) in &self.pending {
            for cut in cuts(bytes.len()) {
                let mut torn = done.clone();
                write(&mut torn, *offset, &bytes[..cut]);
                contents.push(torn.clone());
                if cut < bytes.len() {
                    write(&mut torn, offset + cut, &vec![0; bytes.len() - cut]);
                    contents.push(torn);
                }
                if cut > 0 && (offset + cut) % SECTOR == 0 {
                    let mut late = done.clone();
                    write(&mut late, *offset, &vec![0; cut]);
                    write(&mut late, offset + cut, &bytes[cut..]);
                    contents.push(late);
                }
            }
            write(&mut done, *offset, bytes);
        }
        contents.insert(0, done);
        contents
    }
}

fn write(file: &mut Vec<u8>, offset: usize, bytes: &[u8]) {
    if bytes.is_empty() {
        return;
    }
    let end = offset + bytes.len();
    file.resize(file.len().max(end), 0);
    file[offset..end].copy_from_slice(bytes);
}

impl Disk for SimulatedDisk {
    fn read(&self, name: &str, most: u64) -> Result<Option<Vec<u8>>> {
        let (state, works) = self.start()?;
        if !works {
            return Err(ErrorKind::PermissionDenied.into());
        }
        let bytes = state.names.get(name).map(|&file| &state.files[file].seen);
        if bytes.is_some_and(|bytes| bytes.len() as u64 > most) {
            return Err(ErrorKind::FileTooLarge.into());
        }
        state.end()?;
        Ok(bytes.cloned())
    }

    fn write(&self, name: &str, offset: u64, bytes: &[u8]) -> Result<()> {
        let (mut state, works) = self.start()?;
        let file = match state.names.get(name) {
            Some(&file) => file,
            None => {
                let file = state.files.len();
                state.files.push(File::default());
                state.change(Change::Add(name.to_owned(), file));
                file
            }
        };
        // A full disk takes part of it: whole records of the memory, too.
        let bytes = if works {
            bytes
        } else {
            &bytes[..bytes.len() * 3 / 4]
        };
        let offset = offset as usize;
        let file = &mut state.files[file];
        write(&mut file.seen, offset, bytes);
        file.pending.push((offset, bytes.to_vec()));
        if !works {
            return Err(ErrorKind::StorageFull.into());
        }
        state.end()
    }

    fn sync(&self, name: &str) -> Result<()> {
        let (mut state, works) = self.start()?;
        let file = *state.names.get(name).ok_or(ErrorKind::NotFound)?;
        // Whether a sync that was interrupted has done anything is open.
        state.end()?;
        let file = &mut state.files[file];
        // After a sync that failed, the system takes the pages for clean.
        let pending = std::mem::take(&mut file.pending);
        if !works {
            return Err(ErrorKind::StorageFull.into());
        }
        for (offset, bytes) in pending {
            write(&mut file.durable, offset, &bytes);
        }
        Ok(())
    }

    fn rename(&self, from: &str, to: &str) -> Result<()> {
        let (mut state, works) = self.start()?;
        if !works {
            return Err(ErrorKind::StorageFull.into());
        }
        let file = *state.names.get(from).ok_or(ErrorKind::NotFound)?;
        state.change(Change::Rename(from.to_owned(), to.to_owned(), file));
        state.end()
    }

    fn remove(&self, name: &str) -> Result<()> {
        let (mut state, works) = self.start()?;
        if !works {
            return Err(ErrorKind::PermissionDenied.into());
        }
        if state.names.contains_key(name) {
            state.change(Change::Remove(name.to_owned()));
        }
        state.end()
    }

    fn sync_folder(&self) -> Result<()> {
        let (mut state, works) = self.start()?;
        if !works {
            return Err(ErrorKind::Other.into());
        }
        state.end()?;
        state.changes.clear();
        state.durable = state.names.clone();
        Ok(())
    }
}
