package io.patchbay.controller.archive;

/**
 * What goes into an archive.
 *
 * @param images the images that nodes use
 * @param snapshots the project's snapshots
 * @param resetMacAddresses whether nodes get new ones where the archive is opened
 * @param keepComputeIds whether nodes stay on their computes; otherwise all say {@code local}
 * @param everyKind whether kinds of node that exist on one machine only may be in it
 */
public record ExportOptions(
    boolean images,
    boolean snapshots,
    boolean resetMacAddresses,
    boolean keepComputeIds,
    boolean everyKind) {

  /** For a snapshot, which is opened on the same server. */
  public static final ExportOptions SNAPSHOT = new ExportOptions(false, false, false, true, true);
}
