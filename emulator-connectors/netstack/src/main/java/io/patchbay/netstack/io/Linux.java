package io.patchbay.netstack.io;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.net.BindException;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The system calls that move frames, as the Linux manual pages of section 2 define them for 64-bit
 * machines. Methods return what the call returns; a failure is -1 and {@link #errno}.
 */
final class Linux {
  static final int EINTR = 4;
  static final int EIO = 5;
  static final int EAGAIN = 11;
  static final int EINVAL = 22;
  static final int EMSGSIZE = 90;
  static final int ECONNREFUSED = 111;
  static final int EPOLLIN = 1;

  /** Bytes of a struct mmsghdr: a msghdr of 56 and the length, padded. */
  static final int MMSGHDR = 64;

  static final int MSG_IOV = 16;
  static final int MSG_IOVLEN = 24;
  static final int MSG_CONTROL = 32;
  static final int MSG_CONTROLLEN = 40;
  static final int MSG_FLAGS = 48;
  static final int MSG_LEN = 56;
  static final int IOVEC = 16;
  static final int MSG_TRUNC = 0x20;
  static final int MSG_DONTWAIT = 0x40;
  static final int SOL_UDP = 17;
  static final int UDP_SEGMENT = 103;

  /** struct epoll_event is packed on x86-64 only. */
  static final int EPOLL_DATA = System.getProperty("os.arch").equals("amd64") ? 4 : 8;

  static final int EPOLL_EVENT = EPOLL_DATA + 8;

  private static final int AF_INET = 2;
  private static final int AF_INET6 = 10;
  private static final int SOCK_DGRAM_NONBLOCK_CLOEXEC = 2 | 0x800 | 0x80000;
  private static final int EFD_NONBLOCK_CLOEXEC = 0x800 | 0x80000;
  private static final int EPOLL_CLOEXEC = 0x80000;
  private static final int EADDRINUSE = 98;
  private static final int SOL_SOCKET = 1;
  private static final int SO_SNDBUF = 7;
  private static final int SO_RCVBUF = 8;
  private static final String TUN = "/dev/net/tun";
  private static final int O_RDWR_NONBLOCK_CLOEXEC = 2 | 0x800 | 0x80000;
  private static final int O_NOCTTY = 0x100;
  private static final long TUNSETIFF = 0x400454caL;
  private static final short IFF_TAP_NO_PI = 0x0002 | 0x1000;
  private static final int SOCKET_BUFFER = 1 << 20;

  private static final StructLayout STATE = Linker.Option.captureStateLayout();
  private static final VarHandle ERRNO =
      STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));

  private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
  private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;
  private static final java.lang.foreign.AddressLayout POINTER = ValueLayout.ADDRESS;

  private static final MethodHandle SOCKET = call("socket", INT, INT, INT, INT);
  private static final MethodHandle BIND = call("bind", INT, INT, POINTER, INT);
  private static final MethodHandle CONNECT = call("connect", INT, INT, POINTER, INT);
  private static final MethodHandle CLOSE = call("close", INT, INT);
  private static final MethodHandle SETSOCKOPT =
      call("setsockopt", INT, INT, INT, INT, POINTER, INT);
  private static final MethodHandle RECVMMSG =
      call("recvmmsg", INT, INT, POINTER, INT, INT, POINTER);
  private static final MethodHandle SENDMMSG = call("sendmmsg", INT, INT, POINTER, INT, INT);
  private static final MethodHandle SENDTO =
      call("sendto", LONG, INT, POINTER, LONG, INT, POINTER, INT);
  private static final MethodHandle EPOLL_CREATE = call("epoll_create1", INT, INT);
  private static final MethodHandle EPOLL_CTL = call("epoll_ctl", INT, INT, INT, INT, POINTER);
  private static final MethodHandle EPOLL_WAIT = call("epoll_wait", INT, INT, POINTER, INT, INT);
  private static final MethodHandle EVENTFD = call("eventfd", INT, INT, INT);
  private static final MethodHandle OPEN = variadic(2, "open", INT, POINTER, INT);
  private static final MethodHandle IOCTL = variadic(2, "ioctl", INT, INT, LONG, POINTER);
  private static final MethodHandle READ = call("read", LONG, INT, POINTER, LONG);
  private static final MethodHandle WRITE = call("write", LONG, INT, POINTER, LONG);

  /** Where the calls of one thread leave their errno. */
  private final MemorySegment state = Arena.ofAuto().allocate(STATE);

  private static MethodHandle call(String name, MemoryLayout result, MemoryLayout... arguments) {
    return call(name, new Linker.Option[0], result, arguments);
  }

  /**
   * For functions whose arguments from this one on are variable, which some machines pass apart.
   */
  private static MethodHandle variadic(
      int first, String name, MemoryLayout result, MemoryLayout... arguments) {
    return call(
        name, new Linker.Option[] {Linker.Option.firstVariadicArg(first)}, result, arguments);
  }

  private static MethodHandle call(
      String name, Linker.Option[] more, MemoryLayout result, MemoryLayout... arguments) {
    Linker linker = Linker.nativeLinker();
    Linker.Option[] options = Arrays.copyOf(more, more.length + 1);
    options[more.length] = Linker.Option.captureCallState("errno");
    return linker.downcallHandle(
        linker.defaultLookup().findOrThrow(name),
        FunctionDescriptor.of(result, arguments),
        options);
  }

  int errno() {
    return (int) ERRNO.get(state, 0L);
  }

  /** A UDP socket that is bound and connected. */
  int openUdp(InetSocketAddress local, InetSocketAddress remote) throws IOException {
    boolean six = remote.getAddress() instanceof Inet6Address;
    int fd = socket(six ? AF_INET6 : AF_INET);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment size = arena.allocateFrom(INT, SOCKET_BUFFER);
      // Best effort: the system may allow less.
      setsockopt(fd, SOL_SOCKET, SO_RCVBUF, size);
      setsockopt(fd, SOL_SOCKET, SO_SNDBUF, size);
      MemorySegment from = address(arena, local, six);
      if (bind(fd, from) < 0) {
        throw errno() == EADDRINUSE
            ? new BindException("port " + local.getPort() + " is in use")
            : new BindException("cannot bind " + local + ", errno " + errno());
      }
      if (connect(fd, address(arena, remote, six)) < 0) {
        throw new IOException("cannot reach " + remote + ", errno " + errno());
      }
      return fd;
    } catch (IOException e) {
      close(fd);
      throw e;
    }
  }

  /** Refuses what cannot be the name of a network interface. */
  static void requireName(String device) throws IOException {
    if (!device.matches("[A-Za-z0-9_.-]{1,15}")) {
      throw new IOException("'" + device + "' is not the name of a network interface");
    }
  }

  /** A TAP device, opened without waiting. */
  int openTap(String device) throws IOException {
    requireName(device);
    try (Arena arena = Arena.ofConfined()) {
      int fd = open(arena.allocateFrom(TUN), O_RDWR_NONBLOCK_CLOEXEC);
      if (fd < 0) {
        throw new IOException(TUN + " cannot be opened, errno " + errno());
      }
      // struct ifreq: 16 octets of name, then the flags.
      MemorySegment request = arena.allocate(40, 8);
      request.setString(0, device);
      request.set(ValueLayout.JAVA_SHORT, 16, IFF_TAP_NO_PI);
      if (ioctl(fd, TUNSETIFF, request) < 0) {
        int reason = errno();
        close(fd);
        throw new IOException("device " + device + " cannot be used, errno " + reason);
      }
      return fd;
    }
  }

  /** The end of a terminal that a path leads to, opened without waiting. */
  int openTerminal(String path) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      int fd = open(arena.allocateFrom(path), O_RDWR_NONBLOCK_CLOEXEC | O_NOCTTY);
      if (fd < 0) {
        throw new IOException("the terminal " + path + " cannot be opened, errno " + errno());
      }
      return fd;
    }
  }

  private int open(MemorySegment path, int flags) {
    try {
      return (int) OPEN.invokeExact(state, path, flags);
    } catch (Throwable t) {
      throw new AssertionError(t);
    }
  }

  private int ioctl(int fd, long request, MemorySegment argument) {
    try {
      return (int) IOCTL.invokeExact(state, fd, request, argument);
    } catch (Throwable t) {
      throw new AssertionError(t);
    }
  }

  private static MemorySegment address(Arena arena, InetSocketAddress address, boolean six) {
    ValueLayout.OfShort network = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    MemorySegment struct = arena.allocate(six ? 28 : 16, 8);
    struct.set(ValueLayout.JAVA_SHORT, 0, (short) (six ? AF_INET6 : AF_INET));
    struct.set(network, 2, (short) address.getPort());
    byte[] octets = address.getAddress().getAddress();
    if (six == (octets.length == 16)) {
      MemorySegment.copy(MemorySegment.ofArray(octets), 0, struct, six ? 8 : 4, octets.length);
    }
    return struct;
  }

  /** A socket for datagrams that never waits. */
  int socket(int family) throws IOException {
    return socket(family, SOCK_DGRAM_NONBLOCK_CLOEXEC);
  }

  int socket(int family, int type) throws IOException {
    try {
      int fd = (int) SOCKET.invokeExact(state, family, type, 0);
      if (fd < 0) {
        throw new IOException("no socket, errno " + errno());
      }
      return fd;
    } catch (IOException e) {
      throw e;
    } catch (Throwable t) {
      throw new AssertionError(t);
    }
  }

  int bind(int fd, MemorySegment address) {
    try {
      return (int) BIND.invokeExact(state, fd, address, (int) address.byteSize());
    } catch (Throwable t) {
      throw new AssertionError(t);
    }
  }

  private int connect(int fd, MemorySegment address) {
    try {
      return (int) CONNECT.invokeExact(state, fd, address, (int) address.byteSize());
    } catch (Throwable t) {
      throw new AssertionError(t);
    }
  }

  /** Whether the kernel cuts datagrams for this socket; one that cannot would send them whole. */
  boolean cutsDatagrams(int fd) {
    try (Arena arena = Arena.ofConfined()) {
      return setsockopt(fd, SOL_UDP, UDP_SEGMENT, arena.allocateFrom(INT, 0)) == 0;
    }
  }

  int setsockopt(int fd, int level, int option, MemorySegment value) {
    try {
      return (int) SETSOCKOPT.invokeExact(state, fd, level, option, value, (int) value.byteSize());
    } catch (Throwable t) {
      throw new AssertionError(t);
    }
  }

  int close(int fd) {
    try {
      return (int) CLOSE.invokeExact(state, fd);
    } catch (Throwable t) {
      throw new AssertionError(t);
    }
  }

  int receive(int fd, MemorySegment messages, int count) {
    try {
      return (int)
          RECVMMSG.invokeExact(state, fd, messages, count, MSG_DONTWAIT, MemorySegment.NULL);
    } catch (Throwable t) {
      throw new AssertionError(t);
    }
  }

  int send(int fd, MemorySegment messages, int count) {
    try {
      return (int) SENDMMSG.invokeExact(state, fd, messages, count, MSG_DONTWAIT);
    } catch (Throwable t) {
      throw new AssertionError(t);
    }
  }

  /** Sends one datagram to somebody a socket is not connected to. */
  long sendTo(int fd, MemorySegment datagram, MemorySegment address) {
    try {
      return (long)
          SENDTO.invokeExact(
              state,
              fd,
              datagram,
              datagram.byteSize(),
              MSG_DONTWAIT,
              address,
              (int) address.byteSize());
    } catch (Throwable t) {
      throw new AssertionError(t);
    }
  }

  int epollCreate() {
    try {
      return (int) EPOLL_CREATE.invokeExact(state, EPOLL_CLOEXEC);
    } catch (Throwable t) {
      throw new AssertionError(t);
    }
  }

  /** Watches a descriptor for input; its number is what {@link #epollWait} tells. */
  int epollAdd(int epoll, int fd) {
    return epollControl(epoll, 1, fd);
  }

  int epollRemove(int epoll, int fd) {
    return epollControl(epoll, 2, fd);
  }

  private int epollControl(int epoll, int operation, int fd) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment event = arena.allocate(16, 8);
      event.set(ValueLayout.JAVA_INT_UNALIGNED, 0, EPOLLIN);
      event.set(ValueLayout.JAVA_LONG_UNALIGNED, EPOLL_DATA, fd);
      return (int) EPOLL_CTL.invokeExact(state, epoll, operation, fd, event);
    } catch (Throwable t) {
      throw new AssertionError(t);
    }
  }

  /**
   * @param milliseconds to wait at most; -1 for ever
   */
  int epollWait(int epoll, MemorySegment events, int count, int milliseconds) {
    try {
      return (int) EPOLL_WAIT.invokeExact(state, epoll, events, count, milliseconds);
    } catch (Throwable t) {
      throw new AssertionError(t);
    }
  }

  int eventFd() {
    try {
      return (int) EVENTFD.invokeExact(state, 0, EFD_NONBLOCK_CLOEXEC);
    } catch (Throwable t) {
      throw new AssertionError(t);
    }
  }

  long read(int fd, MemorySegment buffer) {
    try {
      return (long) READ.invokeExact(state, fd, buffer, buffer.byteSize());
    } catch (Throwable t) {
      throw new AssertionError(t);
    }
  }

  long write(int fd, MemorySegment buffer) {
    try {
      return (long) WRITE.invokeExact(state, fd, buffer, buffer.byteSize());
    } catch (Throwable t) {
      throw new AssertionError(t);
    }
  }
}
