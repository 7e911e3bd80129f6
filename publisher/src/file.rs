//! The file: header, sections, hash trees.
//!
//! Written in the layout of [`ringfence::database::format`].

use ringfence::database::SectionId;
use ringfence::database::format::{
    FORMAT_VERSION, HASH_LENGTH, HEADER_LENGTH, MAGIC, MAX_SECTIONS, PAGE, PAGE_HASH_LENGTH,
    RELEASE_LENGTH, header_hash, page_hash,
};

use crate::Error;
use crate::facts::Release;

/// Puts sections together to a database.
///
/// # Errors
/// [`Error::TooLarge`] if there are too many sections or the release's name is
/// too long.
pub fn write(release: &Release, sections: &[(SectionId, Vec<u8>)]) -> Result<Vec<u8>, Error> {
    if sections.len() > MAX_SECTIONS {
        return Err(Error::TooLarge("the section table"));
    }
    if release.name.len() > RELEASE_LENGTH {
        return Err(Error::TooLarge("the name of the release"));
    }
    let entry_length = ringfence::database::format::ENTRY_LENGTH;
    let header_length = HEADER_LENGTH + sections.len() * entry_length + HASH_LENGTH;
    let mut file = vec![0; header_length];
    let mut table = Vec::new();
    for (id, data) in sections {
        let offset = append(&mut file, data);
        let (levels, root) = tree(*id, data);
        let mut start = 0;
        for (index, level) in levels.iter().enumerate() {
            let at = append(&mut file, level);
            if index == 0 {
                start = at;
            }
        }
        table.extend(id.0);
        for field in [offset, data.len(), start] {
            table.extend((field as u64).to_le_bytes());
        }
        table.extend(root);
    }
    let mut header = Vec::with_capacity(header_length);
    header.extend(MAGIC);
    header.extend(FORMAT_VERSION.to_le_bytes());
    header.extend((header_length as u32).to_le_bytes());
    header.extend((file.len() as u64).to_le_bytes());
    header.extend(release.issued.to_le_bytes());
    let mut name = [0; RELEASE_LENGTH];
    name[..release.name.len()].copy_from_slice(release.name.as_bytes());
    header.extend(name);
    header.extend((sections.len() as u32).to_le_bytes());
    header.extend([0; 4]);
    header.extend(table);
    let hash = header_hash(&header);
    header.extend(hash);
    file[..header_length].copy_from_slice(&header);
    Ok(file)
}

/// Appends a part at the start of a page; returns where it starts.
fn append(file: &mut Vec<u8>, part: &[u8]) -> usize {
    file.resize(file.len().next_multiple_of(PAGE), 0);
    let at = file.len();
    file.extend(part);
    at
}

/// The levels of a section's hash tree from level 1 up, and the root hash.
fn tree(id: SectionId, data: &[u8]) -> (Vec<Vec<u8>>, [u8; HASH_LENGTH]) {
    let mut levels: Vec<Vec<u8>> = Vec::new();
    loop {
        let number = levels.len() as u32;
        let level = levels.last().map_or(data, Vec::as_slice);
        let hashes = level.chunks(PAGE).enumerate();
        let hashes: Vec<_> = hashes
            .map(|(index, page)| page_hash(id, number, index as u32, page))
            .collect();
        match *hashes.as_slice() {
            [root] => return (levels, root),
            [] => return (levels, page_hash(id, number, 0, &[])),
            _ => levels.push(
                hashes
                    .iter()
                    .flat_map(|hash| &hash[..PAGE_HASH_LENGTH])
                    .copied()
                    .collect(),
            ),
        }
    }
}
