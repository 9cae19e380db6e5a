//! A file that is there whole or not at all.

use std::{
    ffi::OsString,
    fs::{self, File, OpenOptions},
    io::{self, BufWriter, ErrorKind},
    path::{Path, PathBuf},
};

use crate::Failure;

/// A file in the making, under another name beside its own. Dropped before it is put there, it is removed.
pub(super) struct Part {
    file: PathBuf,
    part: PathBuf,
    out: File,
    is_put: bool,
}

impl Part {
    pub(super) fn create(file: &Path) -> Result<Self, Failure> {
        let wrong = |why: &str| Err(Failure::asked_wrong(format!("{}: {why}", file.display())));
        match fs::symlink_metadata(file) {
            Ok(there) if there.is_dir() => return wrong("it is a folder: name a file in it"),
            Ok(_) => return wrong("it is there already, and nothing is written over it: choose another name"),
            Err(_) => {}
        }
        let mut name = file.file_name().map(OsString::from).unwrap_or_default();
        name.push(format!(".part-{}", std::process::id()));
        let part = file.with_file_name(name);
        let mut how = OpenOptions::new();
        how.write(true).create_new(true);
        // Whoever reads it reads every report.
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut how, 0o600);
        let out = how.open(&part).map_err(|fault| Failure::asked_wrong(format!("{}: {fault}", part.display())))?;
        Ok(Self { file: file.to_owned(), part, out, is_put: false })
    }

    /// Where it lies until it is put there.
    pub(super) fn path(&self) -> &Path {
        &self.part
    }

    pub(super) fn writer(&self) -> Result<BufWriter<File>, Failure> {
        Ok(BufWriter::new(self.out.try_clone()?))
    }

    /// A fault, with the file that was to be.
    pub(super) fn told(&self, fault: impl Into<Failure>) -> Failure {
        super::told(&self.file, fault.into())
    }

    /// Forces it to the disk, then gives it its name, unless somebody else has taken that meanwhile.
    pub(super) fn put(mut self) -> Result<(), Failure> {
        self.out.sync_all().map_err(|fault| self.told(fault))?;
        match fs::hard_link(&self.part, &self.file) {
            Ok(()) => fs::remove_file(&self.part).map_err(|fault| self.told(fault))?,
            Err(fault) if fault.kind() == ErrorKind::AlreadyExists => {
                return Err(Failure::asked_wrong(format!("{}: somebody else has just made it", self.file.display())));
            }
            // Not every file system has two names for one file.
            Err(_) => fs::rename(&self.part, &self.file).map_err(|fault| self.told(fault))?,
        }
        self.is_put = true;
        sync_folder(&self.file).map_err(|fault| self.told(fault))
    }
}

impl Drop for Part {
    fn drop(&mut self) {
        if !self.is_put {
            // It is no backup, and its name says so.
            let _ = fs::remove_file(&self.part);
        }
    }
}

/// Forces the name to the disk.
fn sync_folder(file: &Path) -> io::Result<()> {
    if cfg!(unix) {
        let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        File::open(folder)?.sync_all()?;
    }
    Ok(())
}
