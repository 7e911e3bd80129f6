//! Reports as a Parquet file.

use std::fs::File;
use std::path::Path;
use std::sync::Arc;

use datafusion::arrow::array::{ArrayRef, Int32Array, Int64Array, RecordBatch};
use datafusion::arrow::datatypes::{DataType, Field, Schema};
use datafusion::parquet::arrow::ArrowWriter;
use datafusion::parquet::basic::Compression;
use datafusion::parquet::file::properties::WriterProperties;

use super::failed;
use crate::{Error, Report};

/// Reports that are handed to the writer at once.
const BATCH: usize = 1 << 16;

/// The columns of the table `reports`.
fn schema() -> Schema {
    let column = |name, kind| Field::new(name, kind, false);
    Schema::new(vec![
        column("key", DataType::Int64),
        column("day", DataType::Int32),
        column("kind", DataType::Int32),
        column("count", DataType::Int64),
    ])
}

/// Writes reports, in whatever order they come, to a new Parquet file with the
/// columns `key`, `day`, `kind` (its code) and `count`. Returns how many. Holds
/// one row group at a time, a million rows.
///
/// # Errors
/// [`Error::Io`] if the file cannot be written; those of `reports`.
pub fn write<R>(reports: R, path: &Path) -> Result<u64, Error>
where
    R: IntoIterator<Item = Result<Report, Error>>,
{
    let file = File::create(path).map_err(|error| failed(path, error))?;
    let properties = WriterProperties::builder()
        .set_compression(Compression::SNAPPY)
        .build();
    let schema = Arc::new(schema());
    let writer = ArrowWriter::try_new(file, schema.clone(), Some(properties));
    let mut writer = writer.map_err(|error| failed(path, error))?;
    let mut reports = reports.into_iter();
    let mut written = 0;
    loop {
        let batch: Vec<Report> = reports.by_ref().take(BATCH).collect::<Result<_, _>>()?;
        if batch.is_empty() {
            break;
        }
        written += batch.len() as u64;
        let columns: Vec<ArrayRef> = vec![
            Arc::new(Int64Array::from_iter_values(
                batch.iter().map(|report| report.key as i64),
            )),
            Arc::new(Int32Array::from_iter_values(
                batch.iter().map(|report| report.day as i32),
            )),
            Arc::new(Int32Array::from_iter_values(
                batch.iter().map(|report| report.kind as i32),
            )),
            Arc::new(Int64Array::from_iter_values(
                batch.iter().map(|report| report.count.into()),
            )),
        ];
        RecordBatch::try_new(schema.clone(), columns)
            .map_err(Into::into)
            .and_then(|batch| writer.write(&batch))
            .map_err(|error| failed(path, error))?;
    }
    writer.close().map_err(|error| failed(path, error))?;
    Ok(written)
}
