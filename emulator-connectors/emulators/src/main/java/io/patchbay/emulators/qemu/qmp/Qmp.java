package io.patchbay.emulators.qemu.qmp;

import io.patchbay.runtime.process.ControlSocket;
import io.patchbay.spi.Json;
import io.patchbay.spi.LabException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import jakarta.json.stream.JsonParsingException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.StringReader;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * A connection to QEMU's control socket, by the QEMU Machine Protocol. Commands may come from any
 * thread; one thread reads. A QEMU serves one such connection at a time.
 */
public final class Qmp implements AutoCloseable {
  /** QEMU answers at once unless the machine is very busy. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final SocketChannel channel;
  private final BufferedReader reader;
  private final Consumer<QmpEvent> onEvent;
  private final AtomicInteger lastId = new AtomicInteger();
  private final Map<Integer, CompletableFuture<JsonObject>> waiting = new ConcurrentHashMap<>();
  private volatile boolean ended;

  private Qmp(SocketChannel channel, Consumer<QmpEvent> onEvent) {
    this.channel = channel;
    this.onEvent = onEvent;
    reader =
        new BufferedReader(
            new InputStreamReader(Channels.newInputStream(channel), StandardCharsets.UTF_8));
  }

  /**
   * Connects as soon as QEMU listens, and returns once QEMU has built the machine.
   *
   * @param alive whether that QEMU runs; if not nothing is waited for
   * @param onEvent takes what QEMU tells, each event on a thread of its own
   * @throws IOException if QEMU ends or does not answer in time
   */
  public static Qmp connect(
      Path socket, Duration within, BooleanSupplier alive, Consumer<QmpEvent> onEvent)
      throws IOException {
    long deadline = System.nanoTime() + within.toNanos();
    Qmp qmp =
        new Qmp(
            ControlSocket.connect("QEMU", UnixDomainSocketAddress.of(socket), within, alive),
            onEvent);
    try {
      Thread.ofVirtual().name("qmp").start(qmp::read);
      Duration left = Duration.ofNanos(Math.max(1, deadline - System.nanoTime()));
      qmp.execute("qmp_capabilities", JsonValue.EMPTY_JSON_OBJECT, left);
      // Capabilities are negotiated by a thread of their own; this one waits for the machine.
      qmp.execute("query-status", JsonValue.EMPTY_JSON_OBJECT, left);
      return qmp;
    } catch (LabException failed) {
      qmp.close();
      throw new IOException(failed.getMessage(), failed);
    }
  }

  private void read() {
    try {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        take(line);
      }
    } catch (IOException | JsonParsingException broken) {
      // Whoever waits for an answer is told below.
    } finally {
      close();
    }
  }

  private void take(String line) {
    try (JsonReader json = Json.createReader(new StringReader(line))) {
      JsonObject message = json.readObject();
      if (message.containsKey("event")) {
        // Not here: who is told may ask QEMU something, and the answer must be read.
        Thread.ofVirtual().name("qmp-event").start(() -> onEvent.accept(QmpEvent.of(message)));
      } else if (message.containsKey("id")) {
        CompletableFuture<JsonObject> answer = waiting.remove(message.getInt("id"));
        if (answer != null) {
          answer.complete(message);
        }
      }
    }
  }

  /** What the machine does, as QEMU names it: {@code running}, {@code paused} ... */
  public String status() {
    return execute("query-status", JsonValue.EMPTY_JSON_OBJECT, PATIENCE)
        .getJsonObject("return")
        .getString("status");
  }

  /** Lets the guest's processors stand still. */
  public void pauseGuest() {
    command("stop");
  }

  /** Lets them go on; harmless if they run. */
  public void resumeGuest() {
    command("cont");
  }

  /** Presses the power button, which the guest may heed or not. */
  public void pressPowerButton() {
    command("system_powerdown");
  }

  public void reset() {
    command("system_reset");
  }

  /**
   * Plugs the cable of a network adapter in or out, as the guest sees it.
   *
   * @param backend id of the adapter's netdev
   */
  public void setLink(String backend, boolean up) {
    execute(
        "set_link",
        Json.createObjectBuilder().add("name", backend).add("up", up).build(),
        PATIENCE);
  }

  /** Saves the machine in its disks; blocks until that is done. Its processors must stand still. */
  public void saveState(String tag, Duration within) {
    monitor("savevm " + tag, within);
  }

  /** Removes what {@link #saveState} saved; harmless if there is nothing. */
  public void deleteState(String tag) {
    monitor("delvm " + tag, PATIENCE);
  }

  /** The human monitor has no errors of its own: what it says is one if it says anything. */
  private void monitor(String line, Duration within) {
    String said =
        execute(
                "human-monitor-command",
                Json.createObjectBuilder().add("command-line", line).build(),
                within)
            .getString("return", "")
            .strip();
    if (!said.isEmpty()) {
      throw LabException.conflict("QEMU: " + said);
    }
  }

  private void command(String name) {
    execute(name, JsonValue.EMPTY_JSON_OBJECT, PATIENCE);
  }

  private JsonObject execute(String name, JsonObject arguments, Duration within) {
    int id = lastId.incrementAndGet();
    CompletableFuture<JsonObject> answer = new CompletableFuture<>();
    waiting.put(id, answer);
    try {
      send(
          Json.createObjectBuilder()
              .add("execute", name)
              .add("arguments", arguments)
              .add("id", id)
              .build());
      JsonObject message = answer.get(within.toMillis(), TimeUnit.MILLISECONDS);
      if (message.get("error") instanceof JsonObject error) {
        throw LabException.conflict("QEMU refuses " + name + ": " + error.getString("desc", ""));
      }
      return message;
    } catch (IOException | ExecutionException gone) {
      throw LabException.conflict("QEMU has ended");
    } catch (TimeoutException late) {
      throw LabException.conflict("QEMU does not answer to " + name);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw LabException.conflict("QEMU was not waited for");
    } finally {
      waiting.remove(id);
    }
  }

  private void send(JsonObject message) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap((message + "\n").getBytes(StandardCharsets.UTF_8));
    synchronized (channel) {
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    }
    if (ended) {
      throw new IOException("the connection has ended");
    }
  }

  /** Hangs up; QEMU runs on. Whoever waits for an answer is told that none will come. */
  @Override
  public void close() {
    ended = true;
    try {
      channel.close();
    } catch (IOException e) {
      // It is of no more use, whatever is wrong with it.
    }
    waiting.values().forEach(answer -> answer.completeExceptionally(new IOException("closed")));
  }
}
