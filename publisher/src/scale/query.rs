//! The SQL, run by DataFusion.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use datafusion::arrow::array::{AsArray, Int32Array, Int64Array, RecordBatch};
use datafusion::arrow::datatypes::{DataType, Field, Int32Type, Int64Type, Schema};
use datafusion::dataframe::DataFrameWriteOptions;
use datafusion::datasource::MemTable;
use datafusion::error::DataFusionError;
use datafusion::execution::SendableRecordBatchStream;
use datafusion::execution::memory_pool::FairSpillPool;
use datafusion::execution::runtime_env::RuntimeEnvBuilder;
use datafusion::logical_expr::{DdlStatement, LogicalPlan};
use datafusion::prelude::{ParquetReadOptions, SessionConfig, SessionContext};
use datafusion::sql::parser::DFParser;
use futures::StreamExt;
use tempfile::TempDir;
use tokio::runtime::Runtime;

use super::{SQL, failed};
use crate::Error;
use crate::risk::BlockCount;
use crate::risk::counts::{LEVELS, WINDOW, weights};

/// What a machine gives for counting.
#[derive(Clone, Debug)]
pub struct Limits {
    /// Memory for hash tables and sorting, in bytes. What is read and written
    /// comes to it, some hundred megabytes.
    pub memory: usize,
    /// Threads, at least 1.
    pub threads: usize,
    /// The folder for the tables between, and for what does not fit into
    /// memory.
    pub spill: PathBuf,
}

/// Counts the reports in Parquet files as they were on the day `as_of`, counted
/// from 1970-01-01. The files have the columns that [`write`](super::write)
/// gives them, rows in any order.
///
/// # Errors
/// [`Error::Io`] if a file cannot be read, is no such Parquet file, or memory
/// and disk do not suffice.
pub fn block_counts(files: &[&Path], as_of: u32, limits: &Limits) -> Result<BlockCounts, Error> {
    let path = files.first().copied().unwrap_or(Path::new("")).to_owned();
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(limits.threads)
        .build()
        .map_err(|error| failed(&path, error))?;
    let folder = tempfile::tempdir_in(&limits.spill).map_err(|error| Error::Io {
        path: limits.spill.clone(),
        error,
    })?;
    let batches = runtime
        .block_on(start(files, as_of, limits, folder.path()))
        .map_err(|error| failed(&path, error))?;
    Ok(BlockCounts {
        runtime,
        folder,
        batches,
        path,
        ready: Vec::new().into_iter(),
    })
}

/// Makes the tables, in `folder` rather than in memory, and starts the last
/// statement.
async fn start(
    files: &[&Path],
    as_of: u32,
    limits: &Limits,
    folder: &Path,
) -> Result<SendableRecordBatchStream, DataFusionError> {
    let environment = RuntimeEnvBuilder::new()
        .with_memory_pool(Arc::new(FairSpillPool::new(limits.memory)))
        .with_temp_file_path(folder)
        .build_arc()?;
    let mut configuration = SessionConfig::new()
        .with_target_partitions(limits.threads)
        // Rows that go from step to step at once. Each step holds some.
        .with_batch_size((limits.memory >> 15).clamp(256, 8192))
        // For each of the sorters of the last statement, five a thread.
        .with_sort_spill_reservation_bytes(limits.memory / 64 / limits.threads.max(1));
    configuration.options_mut().execution.parquet.compression = Some("snappy".to_owned());
    let context = SessionContext::new_with_config_rt(configuration, environment);
    let text = |path: &Path| path.to_string_lossy().into_owned();
    let files: Vec<String> = files.iter().map(|file| text(file)).collect();
    let reports = context.read_parquet(files, ParquetReadOptions::default());
    context.register_table("reports", reports.await?.into_view())?;
    context.register_table("decay", Arc::new(decay(as_of)?))?;
    for statement in DFParser::parse_sql(SQL)? {
        let plan = context.state().statement_to_plan(statement).await?;
        match plan {
            LogicalPlan::Ddl(DdlStatement::CreateMemoryTable(table)) => {
                let rows = Arc::unwrap_or_clone(table.input);
                let name = table.name.table();
                let path = text(&folder.join(name));
                let options = DataFrameWriteOptions::new().with_single_file_output(false);
                let rows = context.execute_logical_plan(rows).await?;
                rows.write_parquet(&path, options, None).await?;
                let read = ParquetReadOptions::default();
                context.register_parquet(name, &path, read).await?;
            }
            result => {
                let result = context.execute_logical_plan(result).await?;
                return result.execute_stream().await;
            }
        }
    }
    Err(DataFusionError::Plan("the SQL has no result".to_owned()))
}

/// The table `decay`.
fn decay(as_of: u32) -> Result<MemTable, DataFusionError> {
    let column = |name, kind| Field::new(name, kind, false);
    let schema = Arc::new(Schema::new(vec![
        column("day", DataType::Int32),
        column("fast", DataType::Int64),
        column("slow", DataType::Int64),
    ]));
    // Days before 1970 have no reports.
    let days = (0..WINDOW).map_while(|age| as_of.checked_sub(age));
    let days = Int32Array::from_iter_values(days.map(|day| day as i32));
    let [fast, slow] = weights().map(|weights| {
        let weights = weights.iter().take(days.len());
        Arc::new(Int64Array::from_iter_values(
            weights.map(|&weight| weight as i64),
        ))
    });
    let rows = RecordBatch::try_new(schema.clone(), vec![Arc::new(days), fast, slow])?;
    MemTable::try_new(schema, vec![vec![rows]])
}

/// The counts of all blocks in the order of
/// [`counts`](crate::risk::counts::counts): an iterator that takes them from
/// DataFusion as they are asked for.
pub struct BlockCounts {
    runtime: Runtime,
    /// Its tables; goes with it.
    #[expect(dead_code)]
    folder: TempDir,
    batches: SendableRecordBatchStream,
    path: PathBuf,
    ready: std::vec::IntoIter<BlockCount>,
}

impl Iterator for BlockCounts {
    type Item = Result<BlockCount, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(count) = self.ready.next() {
                return Some(Ok(count));
            }
            let batch = self.runtime.block_on(self.batches.next())?;
            match batch.and_then(|batch| read(&batch)) {
                Ok(counts) => self.ready = counts.into_iter(),
                Err(error) => return Some(Err(failed(&self.path, error))),
            }
        }
    }
}

fn read(batch: &RecordBatch) -> Result<Vec<BlockCount>, DataFusionError> {
    let missing = || DataFusionError::Execution("the query gave other columns".to_owned());
    let long = |name: &str| {
        let column = batch.column_by_name(name)?;
        Some(column.as_primitive_opt::<Int64Type>()?.values().clone())
    };
    let [
        Some(level),
        Some(first),
        Some(fast),
        Some(slow),
        Some(numbers),
    ] = ["level", "first_key", "fast", "slow", "numbers"].map(long)
    else {
        return Err(missing());
    };
    let last = batch
        .column_by_name("last_day")
        .and_then(|column| column.as_primitive_opt::<Int32Type>());
    let last = last.ok_or_else(missing)?.values();
    let count = |row: usize| {
        let size = 10_u64.pow(LEVELS[level[row] as usize]);
        BlockCount {
            level: level[row] as u8,
            block: first[row] as u64 / size,
            heat: [fast[row] as u64, slow[row] as u64],
            numbers: numbers[row] as u64,
            last: last[row] as u32,
        }
    };
    Ok((0..batch.num_rows()).map(count).collect())
}
