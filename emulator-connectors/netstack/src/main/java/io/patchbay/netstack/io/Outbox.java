package io.patchbay.netstack.io;

import io.patchbay.netstack.wire.Frame;

/**
 * Frames that wait to be sent together: those a loop makes while it handles a batch of input.
 * Frames for one link that follow each other go in one system call. For one thread.
 */
final class Outbox {
  private final Linux linux;
  private final MessageBatch batch = new MessageBatch();
  private final LinuxEnd[] ends = new LinuxEnd[MessageBatch.SIZE];
  private int count;

  Outbox(Linux linux) {
    this.linux = linux;
  }

  void add(LinuxEnd end, Frame frame) {
    if (count == MessageBatch.SIZE) {
      flush();
    }
    ends[count] = end;
    batch.put(count++, frame);
  }

  void flush() {
    int from = 0;
    while (from < count) {
      LinuxEnd end = ends[from];
      int to = from;
      while (to < count && ends[to] == end) {
        ends[to++] = null;
      }
      send(end, from, to);
      from = to;
    }
    count = 0;
  }

  private int write(int fd, int index) {
    return linux.write(fd, batch.slot(index, batch.length(index))) > 0 ? 1 : -1;
  }

  private void send(LinuxEnd end, int from, int to) {
    int fd = end.descriptor();
    while (from < to && fd >= 0) {
      int sent =
          end.isDevice() ? write(fd, from) : linux.send(fd, batch.headersFrom(from), to - from);
      if (sent > 0) {
        end.countSent(sent);
        from += sent;
      } else {
        // No room, or nobody listens there: this frame is lost, the next may go.
        end.counters().countDropped();
        from++;
      }
    }
  }
}
