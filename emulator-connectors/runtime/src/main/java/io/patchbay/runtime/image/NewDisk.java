package io.patchbay.runtime.image;

import java.util.Map;

/**
 * A disk image to be made.
 *
 * @param format as {@code qemu-img} calls it, such as {@code qcow2}
 * @param mebibytes its size as the guest sees it
 * @param options of the format, such as {@code cluster_size}; {@code qemu-img} checks them
 */
public record NewDisk(String format, long mebibytes, Map<String, String> options) {
  public NewDisk {
    options = Map.copyOf(options);
  }
}
