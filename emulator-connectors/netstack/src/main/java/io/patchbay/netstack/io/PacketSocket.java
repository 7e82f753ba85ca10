package io.patchbay.netstack.io;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.ByteOrder;

/** Raw sockets at network interfaces, as packet(7) describes them. */
final class PacketSocket {
  /** Where the kernel puts a VLAN tag that it has taken out of a frame, see {@link #tag}. */
  static final int CONTROL = 64;

  private static final int AF_PACKET = 17;
  private static final int SOCK_RAW_NONBLOCK_CLOEXEC = 3 | 0x800 | 0x80000;
  private static final short ETH_P_ALL = 3;
  private static final int SOL_PACKET = 263;
  private static final int PACKET_ADD_MEMBERSHIP = 1;
  private static final int PACKET_AUXDATA = 8;
  private static final int PACKET_IGNORE_OUTGOING = 23;
  private static final short PACKET_MR_PROMISC = 1;
  private static final int EPERM = 1;

  /** Of a struct cmsghdr: length, level and type; then comes a struct tpacket_auxdata. */
  private static final int LEVEL = 8;

  private static final int TYPE = 12;
  private static final int STATUS = 16;
  private static final int TAG_CONTROL = 32;
  private static final int TAG_TYPE = 34;
  private static final int HAS_TAG = 0x10;
  private static final int HAS_TAG_TYPE = 0x40;
  private static final int USUAL_TAG_TYPE = 0x8100;

  private static final ValueLayout.OfShort SHORT = ValueLayout.JAVA_SHORT;
  private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;

  private static final MethodHandle IF_NAMETOINDEX =
      Linker.nativeLinker()
          .downcallHandle(
              Linker.nativeLinker().defaultLookup().findOrThrow("if_nametoindex"),
              FunctionDescriptor.of(INT, ValueLayout.ADDRESS));

  private PacketSocket() {}

  /**
   * Opens one that gets every frame at an interface, whoever it is for, but those that it sends.
   *
   * @param hostTraffic whether it gets what the host itself sends there
   */
  static int open(Linux linux, String device, boolean hostTraffic) throws IOException {
    Linux.requireName(device);
    try (Arena arena = Arena.ofConfined()) {
      int index = index(arena.allocateFrom(device));
      if (index == 0) {
        throw new IOException("there is no network interface " + device);
      }
      int fd = socket(linux, device);
      try {
        if (!hostTraffic) {
          set(linux, fd, PACKET_IGNORE_OUTGOING, arena.allocateFrom(INT, 1));
        }
        set(linux, fd, PACKET_AUXDATA, arena.allocateFrom(INT, 1));
        // struct packet_mreq: the interface, what of it, and an address of no meaning here.
        MemorySegment promiscuous = arena.allocate(16, 4);
        promiscuous.set(INT, 0, index);
        promiscuous.set(SHORT, 4, PACKET_MR_PROMISC);
        set(linux, fd, PACKET_ADD_MEMBERSHIP, promiscuous);
        // struct sockaddr_ll; only now, with a protocol, does it get anything.
        MemorySegment address = arena.allocate(20, 4);
        address.set(SHORT, 0, (short) AF_PACKET);
        address.set(SHORT.withOrder(ByteOrder.BIG_ENDIAN), 2, ETH_P_ALL);
        address.set(INT, 4, index);
        if (linux.bind(fd, address) < 0) {
          throw new IOException(device + " cannot be used, errno " + linux.errno());
        }
        return fd;
      } catch (IOException e) {
        linux.close(fd);
        throw e;
      }
    }
  }

  private static int index(MemorySegment name) {
    try {
      return (int) IF_NAMETOINDEX.invokeExact(name);
    } catch (Throwable t) {
      throw new AssertionError(t);
    }
  }

  private static int socket(Linux linux, String device) throws IOException {
    try {
      return linux.socket(AF_PACKET, SOCK_RAW_NONBLOCK_CLOEXEC);
    } catch (IOException refused) {
      throw linux.errno() == EPERM
          ? new IOException(
              "frames at " + device + " need the right to raw sockets, CAP_NET_RAW", refused)
          : refused;
    }
  }

  private static void set(Linux linux, int fd, int option, MemorySegment value) throws IOException {
    if (linux.setsockopt(fd, SOL_PACKET, option, value) < 0) {
      throw new IOException("option " + option + " of packet(7), errno " + linux.errno());
    }
  }

  /**
   * The VLAN tag that a frame had, its type above its control; 0 if it had none.
   *
   * @param control that came with it
   */
  static int tag(MemorySegment control) {
    boolean known =
        control.byteSize() >= TAG_TYPE + Short.BYTES
            && control.get(INT, LEVEL) == SOL_PACKET
            && control.get(INT, TYPE) == PACKET_AUXDATA;
    int status = known ? control.get(INT, STATUS) : 0;
    if ((status & HAS_TAG) == 0) {
      return 0;
    }
    int type =
        (status & HAS_TAG_TYPE) == 0 ? USUAL_TAG_TYPE : control.get(SHORT, TAG_TYPE) & 0xffff;
    return type << 16 | control.get(SHORT, TAG_CONTROL) & 0xffff;
  }
}
