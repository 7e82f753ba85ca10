package io.patchbay.emulators.dynamips.hypervisor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.patchbay.spi.ErrorCode;
import io.patchbay.spi.LabException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against something that is none, and answers what the test wants. */
class HypervisorTest {
  private static final Duration PATIENCE = Duration.ofMillis(300);
  private static final Hypervisor.WorkingDirectory HOME =
      new Hypervisor.WorkingDirectory(Path.of("/home"));
  private static final Path FILES = Path.of("/files");
  private static final String VERSION = "100-0.2.14-amd64\r\n";

  private final LinkedBlockingQueue<String> asked = new LinkedBlockingQueue<>();
  private ServerSocket server;

  @BeforeEach
  void listen() throws IOException {
    server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
  }

  @AfterEach
  void close() throws IOException {
    server.close();
  }

  /** Connects to something that gives these answers; an empty one is none. */
  private Hypervisor answering(UnaryOperator<String> answers) throws IOException {
    Thread.ofVirtual().start(() -> serve(answers));
    return Hypervisor.connect(
        new InetSocketAddress(server.getInetAddress(), server.getLocalPort()),
        HOME,
        Duration.ofSeconds(10),
        () -> true,
        PATIENCE);
  }

  private static Instance router(Hypervisor hypervisor) {
    return new Instance(hypervisor, FILES, "c7200", "R1");
  }

  private void serve(UnaryOperator<String> answers) {
    try (Socket socket = server.accept();
        BufferedReader in =
            new BufferedReader(
                new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        asked.add(line);
        String answer = line.equals("hypervisor version") ? VERSION : answers.apply(line);
        socket.getOutputStream().write(answer.getBytes(StandardCharsets.UTF_8));
      }
    } catch (IOException hungUp) {
      // As tests end.
    }
  }

  private static void refused(String why, Runnable request) {
    LabException refusal = assertThrows(LabException.class, request::run);
    assertEquals(ErrorCode.CONFLICT, refusal.code());
    assertTrue(refusal.getMessage().contains(why), refusal.getMessage());
  }

  @Test
  void answersOfSeveralLinesAreReadAsOne() throws IOException {
    try (Hypervisor hypervisor = answering(line -> "101 0x10 [7]\r\n101 0x20 [3]\r\n100-OK\r\n")) {
      assertEquals("0.2.14", hypervisor.version());
      assertEquals(List.of("0x10 [7]", "0x20 [3]"), router(hypervisor).measureIdlePcs());
    }
  }

  @Test
  void argumentsAreQuoted() throws IOException, InterruptedException {
    try (Hypervisor hypervisor = answering(line -> "100-OK\r\n")) {
      asked.take();
      Instance router = new Instance(hypervisor, FILES, "c7200", "A \"B\"\nC");
      router.create(3);
      assertEquals("hypervisor working_dir \"/files\"", asked.take());
      assertEquals("vm create \"A 'B' C\" \"3\" \"c7200\"", asked.take());
      assertEquals("hypervisor working_dir \"/home\"", asked.take());
      router.set("ios", "/a b/c");
      assertEquals("vm set_ios \"A 'B' C\" \"/a b/c\"", asked.take());
      refused("quotation marks", () -> router.set("ios", "/x\" ; vm stop"));
      refused("control characters", () -> router.set("ios", "/x\nvm stop R1"));
      refused("so long", () -> router.set("ios", "/" + "x".repeat(500)));
      assertTrue(asked.isEmpty(), "nothing of it must have been sent");
    }
  }

  @Test
  void refusalsAreTold() throws IOException {
    try (Hypervisor hypervisor =
        answering(
            line ->
                line.startsWith("vm")
                    ? "209-unable to start VM instance 'R1'\r\n"
                    : "100-OK\r\n")) {
      Instance router = router(hypervisor);
      refused("unable to start VM instance 'R1'", router::start);
      refused("unable to start", router::suspend);
    }
  }

  @Test
  void oneThatHangsIsGivenUp() throws IOException {
    try (Hypervisor hypervisor = answering(line -> "")) {
      Instance router = router(hypervisor);
      refused("does not answer", router::suspend);
      refused("has ended", router::suspend);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nonsense\r\n",
        "\r\n",
        "1000-OK\r\n",
        "10-OK\r\n",
        "-1-OK\r\n",
        "100\r\n",
        "\0\0\0\0\n",
        "HTTP/1.1 400 Bad Request\r\n\r\n"
      })
  void nonsenseEndsTheConnection(String answer) throws IOException {
    try (Hypervisor hypervisor = answering(line -> answer)) {
      Instance router = router(hypervisor);
      refused("nonsense", router::suspend);
      refused("has ended", router::suspend);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"100-7\r\n", "100-\r\n", "100-running\r\n"})
  void statesThatThereAreNotAreRefused(String answer) throws IOException {
    try (Hypervisor hypervisor = answering(line -> answer)) {
      refused("no state", () -> router(hypervisor).state());
    }
  }

  @Test
  void nobodyWhoListensIsNotWaitedForIfTheProgramHasEnded() throws IOException {
    InetSocketAddress address =
        new InetSocketAddress(server.getInetAddress(), server.getLocalPort());
    server.close();
    assertThrows(
        IOException.class,
        () -> Hypervisor.connect(address, HOME, Duration.ofMinutes(5), () -> false, PATIENCE));
  }
}
