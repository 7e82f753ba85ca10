package io.patchbay.emulators.qemu.machine;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A release of QEMU, such as 7.2. */
public record QemuVersion(int major, int minor) {
  private static final Pattern VERSION = Pattern.compile("version (\\d+)\\.(\\d+)");

  /**
   * @param banner what {@code --version} prints
   * @throws IllegalArgumentException if it names no version
   */
  static QemuVersion of(String banner) {
    Matcher numbers = VERSION.matcher(banner);
    if (!numbers.find()) {
      throw new IllegalArgumentException("no version in '" + banner.strip() + "'");
    }
    return new QemuVersion(Integer.parseInt(numbers.group(1)), Integer.parseInt(numbers.group(2)));
  }

  public boolean isAtLeast(int otherMajor, int otherMinor) {
    return major > otherMajor || major == otherMajor && minor >= otherMinor;
  }
}
