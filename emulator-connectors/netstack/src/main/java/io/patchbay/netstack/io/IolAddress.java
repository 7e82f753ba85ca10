package io.patchbay.netstack.io;

import java.nio.file.Path;

/**
 * Who talks to whom by the datagrams of IOL. Each of the two has a Unix socket that is named by its
 * number.
 *
 * @param directory where the sockets are; exists
 * @param bridge number that the instance's NETMAP file has for this end, 1 to 65535
 * @param instance number of the instance, its application id, 1 to 65535
 */
public record IolAddress(Path directory, int bridge, int instance) {
  Path bridgeSocket() {
    return directory.resolve("" + bridge);
  }

  Path instanceSocket() {
    return directory.resolve("" + instance);
  }
}
