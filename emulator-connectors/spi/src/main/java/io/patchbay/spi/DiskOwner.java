package io.patchbay.spi;

/** A node with disks of its own. */
public interface DiskOwner {
  /**
   * Makes a disk larger.
   *
   * @param drive {@code hda} to {@code hdd}
   * @param mebibytes by how much; 0 and more
   * @throws LabException ({@link ErrorCode#CONFLICT}) if the node runs or has no such disk
   */
  void extendDisk(String drive, int mebibytes);
}
