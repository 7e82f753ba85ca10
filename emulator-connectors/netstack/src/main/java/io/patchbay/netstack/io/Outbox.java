package io.patchbay.netstack.io;

import io.patchbay.netstack.wire.Frame;

/**
 * Frames that wait to be sent together: those a loop makes while it handles a batch of input.
 * Frames for one link that follow each other go in one system call. For one thread.
 */
final class Outbox {
  private final Linux linux;
  private final MessageBatch batch = new MessageBatch();
  private final Segments segments = new Segments();
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

  /**
   * Sends what it can with as few messages as possible.
   *
   * @return the first frame that is left to be sent alone
   */
  private int sendTogether(LinuxEnd end, int fd, int from, int to) {
    segments.gather(batch, from, to);
    int next = from;
    int message = 0;
    while (message < segments.count()) {
      int sent = linux.send(fd, segments.headersFrom(message), segments.count() - message);
      if (sent < 0 && isRefusal(linux.errno())) {
        end.refuseSegments();
        return next;
      }
      for (int last = message + Math.max(sent, 1); message < last; message++) {
        int first = next;
        next += segments.frames(message);
        count(end, sent > 0, first, next);
      }
    }
    return next;
  }

  private static boolean isRefusal(int errno) {
    return errno == Linux.EINVAL || errno == Linux.EIO || errno == Linux.EMSGSIZE;
  }

  private void count(LinuxEnd end, boolean sent, int from, int to) {
    if (sent) {
      countSent(end, from, to);
    } else {
      for (int i = from; i < to; i++) {
        end.counters().countDropped();
      }
    }
  }

  private void countSent(LinuxEnd end, int from, int to) {
    long bytes = 0;
    for (int i = from; i < to; i++) {
      bytes += batch.length(i);
    }
    end.counters().countSent(to - from, bytes);
  }

  private void send(LinuxEnd end, int from, int to) {
    int fd = end.descriptor();
    if (to - from > 1 && fd >= 0 && end.takesSegments()) {
      from = sendTogether(end, fd, from, to);
    }
    while (from < to && fd >= 0) {
      int sent =
          end.isDevice() ? write(fd, from) : linux.send(fd, batch.headersFrom(from), to - from);
      if (sent > 0) {
        countSent(end, from, from + sent);
        from += sent;
      } else {
        // No room, or nobody listens there: this frame is lost, the next may go.
        end.counters().countDropped();
        from++;
      }
    }
  }
}
