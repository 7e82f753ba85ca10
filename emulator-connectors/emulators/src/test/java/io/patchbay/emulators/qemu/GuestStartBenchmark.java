package io.patchbay.emulators.qemu;

import io.patchbay.runtime.image.ImageKind;
import io.patchbay.spi.EmulatedNode;
import io.patchbay.spi.Json;
import io.patchbay.testkit.TelnetClient;
import io.patchbay.testkit.TestCompute;
import io.patchbay.testkit.TestGuest;
import jakarta.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Guests that are all started at once: until their starts are answered, until all have a prompt,
 * and until their stops are answered.
 *
 * <p>Not part of the tests. To run it, build as for {@code ManyPcsBenchmark}, with the guest's
 * kernel of {@code .ci/guest} in place, then
 *
 * <pre>
 * java --enable-native-access=ALL-UNNAMED \
 *   -cp target/test-classes:target/classes:$(cat target/classpath) \
 *   io.patchbay.emulators.qemu.GuestStartBenchmark 20
 * </pre>
 */
public final class GuestStartBenchmark {
  private static final double SECOND = TimeUnit.SECONDS.toNanos(1);

  private GuestStartBenchmark() {}

  public static void main(String[] arguments) throws Exception {
    int count = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 20;
    Path directory = Files.createTempDirectory("guests");
    TestCompute compute = TestCompute.open(directory, TestCompute.roomy());
    QemuConnector connector = new QemuConnector(compute.adapter());
    Path images = compute.adapter().images().directory(ImageKind.QEMU);
    Files.createDirectories(images);
    Files.createSymbolicLink(images.resolve("vmlinuz"), TestGuest.kernel());
    Files.createSymbolicLink(images.resolve("initrd"), TestGuest.initrd());
    for (int round = 0; round < 2; round++) {
      run(compute, connector, count);
    }
    compute.close();
    System.exit(0);
  }

  private static void run(TestCompute compute, QemuConnector connector, int count)
      throws Exception {
    List<EmulatedNode> nodes = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Path home = Files.createTempDirectory(compute.directory(), "node");
      TestCompute place = new TestCompute(compute.adapter(), home, compute.events());
      nodes.add(connector.create(place.site("VM" + i), settings(i)));
    }
    long begin = System.nanoTime();
    together(nodes, EmulatedNode::start);
    System.out.printf("%d starts answered after %.2f s%n", count, since(begin));
    for (EmulatedNode node : nodes) {
      awaitPrompt(node.describe().getInt("console"));
    }
    System.out.printf("all have a prompt after %.2f s%n", since(begin));
    begin = System.nanoTime();
    together(nodes, EmulatedNode::close);
    System.out.printf("all ended after %.2f s%n", since(begin));
  }

  private static JsonObject settings(int number) {
    return Json.createObjectBuilder()
        .add("name", "VM" + number)
        .add("platform", "x86_64")
        .add("ram", 96)
        .add("adapter_type", "virtio-net-pci")
        .add("kernel_image", "vmlinuz")
        .add("initrd", "initrd")
        .add("kernel_command_line", "console=ttyS0 quiet")
        .build();
  }

  private static void together(List<EmulatedNode> nodes, Consumer<EmulatedNode> work)
      throws Exception {
    List<Future<?>> all = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (EmulatedNode node : nodes) {
        all.add(threads.submit(() -> work.accept(node)));
      }
    }
    for (Future<?> one : all) {
      one.get();
    }
  }

  /** Who comes late to a console is shown what it has said. */
  private static void awaitPrompt(int port) throws InterruptedException {
    try (TelnetClient client = new TelnetClient(port)) {
      while (!client.heard().contains(TestGuest.PROMPT)) {
        Thread.sleep(20);
      }
    }
  }

  private static double since(long begin) {
    return (System.nanoTime() - begin) / SECOND;
  }
}
