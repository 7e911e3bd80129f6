//! Rows of separated values, in memory bounded by [`MAX_ROW`] whatever the file
//! holds.

use std::collections::VecDeque;
use std::io::{self, BufRead, Read};

/// Longest row in bytes, line ends within quotes included.
pub const MAX_ROW: usize = 64 * 1024;

/// Most lines that a row goes on for after its first: each may have to be read
/// once more for each line before it.
const MORE_LINES: usize = 16;

/// Reads lines of at most [`MAX_ROW`] bytes. Blank lines are passed over.
pub struct Lines<'r> {
    input: &'r mut dyn BufRead,
    bytes: Vec<u8>,
    first: bool,
}

/// A line, without its end.
pub enum Line<'a> {
    /// The text; bytes that are not UTF-8 are replaced.
    Text(std::borrow::Cow<'a, str>),
    /// It is too long and left behind.
    TooLong,
}

impl<'r> Lines<'r> {
    /// The lines of an input.
    pub fn new(input: &'r mut dyn BufRead) -> Self {
        Self {
            input,
            bytes: Vec::new(),
            first: true,
        }
    }

    /// The next line that is not blank; `None` at the end.
    ///
    /// # Errors
    /// As the input.
    pub fn next(&mut self) -> io::Result<Option<Line<'_>>> {
        loop {
            self.bytes.clear();
            let mut limited = (&mut *self.input).take(MAX_ROW as u64);
            if limited.read_until(b'\n', &mut self.bytes)? == 0 {
                return Ok(None);
            }
            if self.bytes.last() != Some(&b'\n') && self.bytes.len() >= MAX_ROW {
                skip_line(self.input)?;
                self.first = false;
                return Ok(Some(Line::TooLong));
            }
            // Some editors start a file with a byte order mark.
            let mark: &[u8] = b"\xEF\xBB\xBF";
            if std::mem::take(&mut self.first) && self.bytes.starts_with(mark) {
                self.bytes.drain(..mark.len());
            }
            while matches!(self.bytes.last(), Some(b'\n' | b'\r')) {
                self.bytes.pop();
            }
            if !self.bytes.trim_ascii().is_empty() {
                break;
            }
        }
        Ok(Some(Line::Text(String::from_utf8_lossy(&self.bytes))))
    }
}

fn skip_line(input: &mut dyn BufRead) -> io::Result<()> {
    loop {
        let buffer = input.fill_buf()?;
        let end = buffer.iter().position(|&byte| byte == b'\n');
        let used = end.map_or(buffer.len(), |end| end + 1);
        let done = end.is_some() || buffer.is_empty();
        input.consume(used);
        if done {
            return Ok(());
        }
    }
}

/// The fields of a row.
#[derive(Clone, Debug, Default)]
pub struct Fields {
    text: String,
    ends: Vec<usize>,
}

impl Fields {
    /// How many there are.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// A field, counted from 0, without the white space around it.
    pub fn get(&self, index: usize) -> Option<&str> {
        let end = *self.ends.get(index)?;
        let start = match index {
            0 => 0,
            index => *self.ends.get(index - 1)?,
        };
        self.text.get(start..end).map(str::trim)
    }

    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        (0..self.len()).filter_map(|index| self.get(index))
    }

    /// Splits a row. `false` if a quoted field has no end; then the quotation
    /// marks of that field are taken as they stand.
    pub fn split(&mut self, row: &str, separator: char) -> bool {
        self.text.clear();
        self.ends.clear();
        let mut rest = row;
        loop {
            let start = self.text.len();
            let trimmed = rest.trim_start_matches(' ');
            let quoted = trimmed.strip_prefix('"');
            match quoted.map(|quoted| self.quoted(quoted)) {
                Some(Some(after)) => rest = after,
                Some(None) => {
                    self.text.truncate(start);
                    self.text.push_str(rest);
                    self.ends.push(self.text.len());
                    return false;
                }
                None => {}
            }
            let end = rest.find(separator);
            // What follows a quoted field up to the separator belongs to it.
            self.text.push_str(&rest[..end.unwrap_or(rest.len())]);
            self.ends.push(self.text.len());
            match end {
                Some(end) => rest = &rest[end + separator.len_utf8()..],
                None => return true,
            }
        }
    }

    /// Takes in a quoted field; returns what follows its end.
    fn quoted<'t>(&mut self, mut rest: &'t str) -> Option<&'t str> {
        loop {
            let end = rest.find('"')?;
            self.text.push_str(&rest[..end]);
            rest = &rest[end + 1..];
            match rest.strip_prefix('"') {
                Some(more) => {
                    self.text.push('"');
                    rest = more;
                }
                None => return Some(rest),
            }
        }
    }
}

/// Reads rows of separated values.
pub struct Rows<'r> {
    lines: Lines<'r>,
    separator: char,
    /// Lines that were read in search of the end of a quoted field.
    waiting: VecDeque<Option<String>>,
    fields: Fields,
}

/// A row.
pub enum Row<'a> {
    /// Its fields.
    Fields(&'a Fields),
    /// It is too long and left behind.
    TooLong,
}

impl<'r> Rows<'r> {
    /// The rows of an input.
    pub fn new(input: &'r mut dyn BufRead, separator: char) -> Self {
        Self {
            lines: Lines::new(input),
            separator,
            waiting: VecDeque::new(),
            fields: Fields::default(),
        }
    }

    fn line(&mut self) -> io::Result<Option<Option<String>>> {
        if let Some(line) = self.waiting.pop_front() {
            return Ok(Some(line));
        }
        Ok(self.lines.next()?.map(|line| match line {
            Line::Text(text) => Some(text.into_owned()),
            Line::TooLong => None,
        }))
    }

    /// The next row that is not blank; `None` at the end.
    ///
    /// A quoted field may run over several lines. If it does not end within
    /// [`MAX_ROW`] bytes and [`MORE_LINES`] lines, its quotation mark is taken for a slip of the pen and
    /// the lines are rows of their own.
    ///
    /// # Errors
    /// As the input.
    pub fn next(&mut self) -> io::Result<Option<Row<'_>>> {
        let mut row = match self.line()? {
            None => return Ok(None),
            Some(None) => return Ok(Some(Row::TooLong)),
            Some(Some(line)) => line,
        };
        if self.fields.split(&row, self.separator) {
            return Ok(Some(Row::Fields(&self.fields)));
        }
        let first = row.len();
        let mut taken = VecDeque::new();
        while row.len() < MAX_ROW && taken.len() < MORE_LINES {
            let Some(line) = self.line()? else { break };
            let text = line.clone();
            taken.push_back(line);
            let Some(text) = text else { break };
            row.push('\n');
            row.push_str(&text);
            // Only an odd number of quotation marks can end the field.
            if text.matches('"').count() % 2 == 1 && self.fields.split(&row, self.separator) {
                return Ok(Some(Row::Fields(&self.fields)));
            }
        }
        taken.append(&mut self.waiting);
        self.waiting = taken;
        self.fields.split(&row[..first], self.separator);
        Ok(Some(Row::Fields(&self.fields)))
    }
}

/// The separator that a first line suggests: of comma, semicolon, tab and bar
/// the one that stands in it most often outside quotes; a comma if none does.
pub fn guess_separator(line: &str) -> char {
    let mut counts = [(',', 0), (';', 0), ('\t', 0), ('|', 0)];
    let mut quoted = false;
    for c in line.chars() {
        quoted ^= c == '"';
        for (separator, count) in &mut counts {
            *count += usize::from(*separator == c && !quoted);
        }
    }
    let mut best = counts[0];
    for candidate in &counts[1..] {
        if candidate.1 > best.1 {
            best = *candidate;
        }
    }
    best.0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str, separator: char) -> Vec<Vec<String>> {
        let mut input = text.as_bytes();
        let mut rows = Rows::new(&mut input, separator);
        let mut all = Vec::new();
        while let Some(row) = rows.next().expect("bytes can be read") {
            all.push(match row {
                Row::Fields(fields) => fields.iter().map(str::to_owned).collect(),
                Row::TooLong => vec!["(too long)".to_owned()],
            });
        }
        all
    }

    #[test]
    fn fields_are_split_and_unquoted() {
        assert_eq!(
            rows(
                "\u{feff}a,\"b, c\",d\r\n\r\n \"say \"\"hi\"\"\" , ,x\n",
                ','
            ),
            [vec!["a", "b, c", "d"], vec!["say \"hi\"", "", "x"]]
        );
        assert_eq!(
            rows("1;\"two\nlines\";3\n4;5;6", ';'),
            [["1", "two\nlines", "3"], ["4", "5", "6"]]
        );
        assert_eq!(rows("", ','), Vec::<Vec<String>>::new());
    }

    #[test]
    fn a_quotation_mark_without_end_swallows_no_rows() {
        let many: String = (0..40_000).map(|row| format!("{row},b\n")).collect();
        let all = rows(&format!("\"open,x\n{many}"), ',');
        assert_eq!(all.len(), 40_001);
        assert_eq!(all[0], ["\"open,x"]);
        assert_eq!(all[40_000], ["39999", "b"]);
        // Many of them neither.
        let all = rows(&"\"open\n".repeat(501), ',');
        assert_eq!(all.len(), 251);
        // Nor many that look as if each could be the end.
        let all = rows(&"b\"c\"d,\"\n".repeat(20_000), ',');
        assert!((10_000..=20_000).contains(&all.len()));
    }

    #[test]
    fn a_row_without_end_is_left_behind() {
        let all = rows(&format!("a\n{}\nb\n", "7".repeat(200_000)), ',');
        assert_eq!(all, [["a"], ["(too long)"], ["b"]]);
    }

    #[test]
    fn separators_are_guessed_outside_quotes() {
        assert_eq!(guess_separator("number;\"a,b,c\";date"), ';');
        assert_eq!(guess_separator("number\tdate"), '\t');
        assert_eq!(guess_separator("number"), ',');
    }
}
