package io.patchbay.spi;

import jakarta.json.JsonObject;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.UUID;

/**
 * A node of a lab. All methods may be called from any thread; a node does one thing at a time, in
 * order of arrival, so a call may wait for an earlier one. Refusals are {@link LabException}s and
 * leave the node as it was.
 */
public interface EmulatedNode extends AutoCloseable {
  UUID id();

  NodeKind kind();

  /** The node as the wire shows it; fields as API v2 has them for this kind. */
  JsonObject describe();

  /** Starts the node; harmless if it runs. */
  void start();

  /** Stops the node; harmless if it does not run. */
  void stop();

  /** Suspends the node; kinds that cannot do nothing. */
  void suspend();

  /** Stops and starts the node; starts it if it does not run. */
  void reload();

  /** Changes the settings that are given, which the kind's update schema has let through. */
  void update(JsonObject settings);

  /** Plugs a link into a port. */
  void attach(PortAddress port, Nio nio);

  /** Changes the settings of a link that is plugged in; it carries frames all the while. */
  void change(PortAddress port, Nio nio);

  /** Unplugs the link of a port. */
  void detach(PortAddress port);

  /**
   * Records the frames of a port's link from now on, or once the node runs, until the capture is
   * stopped or the link unplugged.
   *
   * @return the file, in the pcap format
   */
  Path startCapture(PortAddress port, CaptureRequest request);

  /**
   * Goes on with a capture that an earlier server had begun: like {@link #startCapture}, but what
   * the file holds stays.
   */
  Path resumeCapture(PortAddress port, CaptureRequest request);

  /** Ends the capture of a port; harmless if there is none. */
  void stopCapture(PortAddress port);

  /**
   * Reads the running capture of a port from its beginning, as it grows: a read waits for the next
   * frames, and the stream ends with the capture. Does not wait for what the node does otherwise.
   */
  InputStream readCapture(PortAddress port);

  /** Copies this node's files to another node of the same compute. */
  void copyFilesTo(EmulatedNode destination);

  /**
   * Writes down what it takes to make the node again if the server is killed. From then on each
   * change is written down by itself, and closing the node takes it back.
   */
  void remember();

  /**
   * Takes up what ran when an earlier server was killed: call it on a node that was made again with
   * its links and has not been started. Nothing is started.
   *
   * @param running what the earlier server wrote down
   * @return whether it still runs; if not the node is stopped, and what is left of it may have to
   *     be ended
   */
  boolean adopt(JsonObject running);

  /**
   * Gives back everything that this server holds but lets the emulator run, for the next server to
   * adopt; the node cannot be used after that.
   */
  void release();

  /** Stops the node and gives back everything it holds, its ports included; its files stay. */
  @Override
  void close();
}
