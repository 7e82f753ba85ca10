package io.patchbay.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Cables of Linux' own (veth) in the place of VMware's networks: one end is called as the network
 * is, {@code vmnetN}, and the other, {@code pbvmnetN}, is where {@link StandIn#vmware} has its
 * machines.
 */
public final class VirtualCables {
  private VirtualCables() {}

  /**
   * Makes them anew.
   *
   * @return whether that can be done here; if not there are none
   */
  public static boolean plug(int first, int last) {
    unplug(first, last);
    for (int number = first; number <= last; number++) {
      String name = "vmnet" + number;
      boolean made =
          ip("link", "add", name, "type", "veth", "peer", "name", "pb" + name)
              && ip("link", "set", name, "up")
              && ip("link", "set", "pb" + name, "up");
      if (!made) {
        unplug(first, last);
        return false;
      }
      // Until then the kernel drops what is sent.
      Deadline.await("the cable " + name, () -> isUp(name) && isUp("pb" + name));
    }
    return true;
  }

  private static boolean isUp(String device) {
    try {
      return Files.readString(Path.of("/sys/class/net", device, "operstate")).strip().equals("up");
    } catch (IOException gone) {
      return false;
    }
  }

  public static void unplug(int first, int last) {
    for (int number = first; number <= last; number++) {
      ip("link", "del", "vmnet" + number);
    }
  }

  private static boolean ip(String... arguments) {
    List<String> command = new ArrayList<>(List.of("ip"));
    command.addAll(List.of(arguments));
    try {
      return new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException notInstalled) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
