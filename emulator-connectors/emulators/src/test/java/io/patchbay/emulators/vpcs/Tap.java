package io.patchbay.emulators.vpcs;

import io.patchbay.netstack.link.LinkEnd;
import io.patchbay.netstack.wire.Frame;
import io.patchbay.netstack.wire.FrameBuffer;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** An Ethernet interface of Linux whose other end is a link end of the netstack. */
final class Tap implements AutoCloseable {
  private static final long TUNSETIFF = 0x400454caL;
  private static final short TAP_WITHOUT_HEADER = 0x1002;
  private static final int READ_WRITE = 2;
  private static final int IFREQ = 40;

  private static final MethodHandle OPEN =
      handle(
          "open",
          FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_INT));
  private static final MethodHandle IOCTL =
      Linker.nativeLinker()
          .downcallHandle(
              Linker.nativeLinker().defaultLookup().find("ioctl").orElseThrow(),
              FunctionDescriptor.of(
                  ValueLayout.JAVA_INT,
                  ValueLayout.JAVA_INT,
                  ValueLayout.JAVA_LONG,
                  ValueLayout.ADDRESS),
              Linker.Option.firstVariadicArg(2));
  private static final MethodHandle READ = transfer("read");
  private static final MethodHandle WRITE = transfer("write");
  private static final MethodHandle CLOSE =
      handle("close", FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));

  private final int descriptor;
  private final Arena arena = Arena.ofShared();
  private final Thread reader;
  private volatile boolean closed;

  private static MethodHandle handle(String name, FunctionDescriptor type) {
    Linker linker = Linker.nativeLinker();
    return linker.downcallHandle(linker.defaultLookup().find(name).orElseThrow(), type);
  }

  private static MethodHandle transfer(String name) {
    return handle(
        name,
        FunctionDescriptor.of(
            ValueLayout.JAVA_LONG,
            ValueLayout.JAVA_INT,
            ValueLayout.ADDRESS,
            ValueLayout.JAVA_LONG));
  }

  /** Whether interfaces can be made here at all. */
  static boolean isPossible() {
    return Files.isWritable(Path.of("/dev/net/tun"))
        && "root".equals(System.getProperty("user.name"));
  }

  /** Makes an interface of this name and joins it to a link end. */
  Tap(String name, LinkEnd end) throws IOException {
    try {
      descriptor = (int) OPEN.invokeExact(arena.allocateFrom("/dev/net/tun"), READ_WRITE);
      MemorySegment request = arena.allocate(IFREQ);
      request.setString(0, name);
      request.set(ValueLayout.JAVA_SHORT, 16, TAP_WITHOUT_HEADER);
      int result = (int) IOCTL.invokeExact(descriptor, TUNSETIFF, request);
      if (descriptor < 0 || result < 0) {
        throw new IOException("no interface " + name);
      }
    } catch (IOException e) {
      throw e;
    } catch (Throwable t) {
      throw new AssertionError(t);
    }
    end.receiver(this::send);
    reader = Thread.ofPlatform().daemon().name("tap").start(() -> read(end));
  }

  private void read(LinkEnd end) {
    MemorySegment buffer = arena.allocate(Frame.MAX_LENGTH);
    while (!closed) {
      long length = transfer(READ, buffer, Frame.MAX_LENGTH);
      if (length < 0) {
        return;
      }
      if (length >= Frame.MIN_LENGTH) {
        byte[] frame = buffer.asSlice(0, length).toArray(ValueLayout.JAVA_BYTE);
        end.send(new FrameBuffer().fill(Arrays.copyOf(frame, (int) length)));
      }
    }
  }

  private long transfer(MethodHandle call, MemorySegment buffer, long length) {
    try {
      return (long) call.invokeExact(descriptor, buffer, length);
    } catch (Throwable t) {
      throw new AssertionError(t);
    }
  }

  private void send(Frame frame) {
    try (Arena once = Arena.ofConfined()) {
      byte[] bytes = frame.toBytes();
      transfer(WRITE, once.allocateFrom(ValueLayout.JAVA_BYTE, bytes), bytes.length);
    }
  }

  /** The interface is gone when this returns, which ends the reader's wait. */
  @Override
  public void close() {
    closed = true;
    try {
      int ignored = (int) CLOSE.invokeExact(descriptor);
    } catch (Throwable t) {
      throw new AssertionError(t);
    }
    reader.interrupt();
  }
}
