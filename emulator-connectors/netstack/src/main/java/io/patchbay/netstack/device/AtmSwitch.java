package io.patchbay.netstack.device;

import io.patchbay.netstack.link.FrameReceiver;
import io.patchbay.netstack.link.LinkEnd;
import io.patchbay.netstack.wire.Frame;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Switches cells of ATM by their virtual paths and channels. A link carries one cell of 53 octets
 * in each frame, with a header of four octets, in which path and channel are 12 and 16 bits wide as
 * between networks (ITU-T I.361, NNI), and its checksum (I.432). Ports can be wired and connections
 * changed while cells pass. Thread-safe.
 */
public final class AtmSwitch {
  /** The highest number of a path. */
  public static final int MAX_PATH = 0xfff;

  /** The highest number of a channel. */
  public static final int MAX_CHANNEL = 0xffff;

  private static final int CELL = 53;
  private static final int HEADER = 4;
  private static final int PATH_SHIFT = 20;
  private static final int CHANNEL_SHIFT = 4;
  private static final int COSET = 0x55;
  private static final byte[] SYNDROMES = syndromes();

  private final Map<Integer, LinkEnd> wired = new ConcurrentHashMap<>();
  private volatile Map<Path, Path> paths = Map.of();
  private volatile Map<Channel, Channel> channels = Map.of();

  /** One end of a connection of whole paths, whose channels keep their numbers. */
  public record Path(int port, int vpi) {}

  /** One end of a connection of channels. */
  public record Channel(int port, int vpi, int vci) {}

  /**
   * Has these connections from now on; where both fit a cell goes by its path.
   *
   * @param newPaths by the end at which cells arrive the one at which they leave
   * @param newChannels likewise
   */
  public void configure(Map<Path, Path> newPaths, Map<Channel, Channel> newChannels) {
    paths = Map.copyOf(newPaths);
    channels = Map.copyOf(newChannels);
  }

  public void attach(int port, LinkEnd end) {
    wired.put(port, end);
    end.receiver(frame -> forward(port, frame));
  }

  /** Lets go of the port's link; the link stays open. */
  public void detach(int port) {
    LinkEnd end = wired.remove(port);
    if (end != null) {
      end.receiver(FrameReceiver.DROP);
    }
  }

  private void forward(int from, Frame cell) {
    if (cell.length() != CELL) {
      return;
    }
    int header = header(cell);
    int vpi = header >>> PATH_SHIFT;
    int vci = header >>> CHANNEL_SHIFT & MAX_CHANNEL;
    Path path = paths.get(new Path(from, vpi));
    Channel channel = path == null ? channels.get(new Channel(from, vpi, vci)) : null;
    if (path != null) {
      send(cell, path.port(), path.vpi(), vci);
    } else if (channel != null) {
      send(cell, channel.port(), channel.vpi(), channel.vci());
    }
  }

  private static int header(Frame cell) {
    int header = 0;
    for (int i = 0; i < HEADER; i++) {
      header = header << Byte.SIZE | cell.octet(i) & 0xff;
    }
    return header;
  }

  private void send(Frame cell, int port, int vpi, int vci) {
    LinkEnd out = wired.get(port);
    if (out == null) {
      return;
    }
    int header = header(cell);
    byte checksum = cell.octet(HEADER);
    write(cell, vpi << PATH_SHIFT | vci << CHANNEL_SHIFT | header & 0x0f);
    cell.octet(HEADER, checksum(cell));
    out.send(cell);
    write(cell, header);
    cell.octet(HEADER, checksum);
  }

  private static void write(Frame cell, int header) {
    for (int i = 0; i < HEADER; i++) {
      cell.octet(i, (byte) (header >>> Byte.SIZE * (HEADER - 1 - i)));
    }
  }

  private static byte checksum(Frame cell) {
    int remainder = 0;
    for (int i = 0; i < HEADER; i++) {
      remainder = SYNDROMES[(remainder ^ cell.octet(i)) & 0xff];
    }
    return (byte) (remainder ^ COSET);
  }

  /** Of the polynomial x^8 + x^2 + x + 1. */
  private static byte[] syndromes() {
    byte[] table = new byte[1 << Byte.SIZE];
    for (int i = 0; i < table.length; i++) {
      int remainder = i;
      for (int bit = 0; bit < Byte.SIZE; bit++) {
        remainder = (remainder & 0x80) == 0 ? remainder << 1 : remainder << 1 ^ 0x107;
      }
      table[i] = (byte) remainder;
    }
    return table;
  }
}
