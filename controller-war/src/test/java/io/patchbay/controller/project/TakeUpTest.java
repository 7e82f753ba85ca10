package io.patchbay.controller.project;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.patchbay.controller.compute.FakeCompute;
import io.patchbay.controller.compute.FakeCompute.Answer;
import io.patchbay.controller.compute.FollowedCompute;
import io.patchbay.controller.link.Link;
import io.patchbay.controller.link.LinkCaptures;
import io.patchbay.controller.link.Links;
import io.patchbay.controller.node.MissingImages;
import io.patchbay.controller.node.Node;
import io.patchbay.controller.node.NodeNews;
import io.patchbay.controller.node.NodeTakeUp;
import io.patchbay.spi.Json;
import io.patchbay.testkit.Deadline;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a project with two virtual PCs and a link between them asks of their compute. */
class TakeUpTest {
  private static final String ID = "0c2dd1a6-8c3e-4f0e-9b1a-5f4d7c6e2b11";

  @TempDir private Path directory;
  private final FakeCompute fake = new FakeCompute();
  private final AtomicInteger nextPort = new AtomicInteger(10000);
  private boolean knowsTheProject;
  private boolean captures;
  private String status = "started";
  private String refused = "none";
  private Runnable meanwhile = () -> {};
  private FollowedCompute followed;
  private Project project;
  private Link link;
  private Links links;
  private TakeUp takeUp;
  private ProjectSaver saver;

  @BeforeEach
  void makeTheProject() {
    fake.answers(this::answer);
    fake.open();
    followed = new FollowedCompute(fake, directory.resolve("errands.json")).awaitConnected();
    project =
        new Project(
            ID,
            directory,
            "lab.gns3",
            ProjectForm.create(Json.createObjectBuilder().add("name", "lab").build(), ID));
    List.of("PC1", "PC2").forEach(this::addPc);
    link = new Link(ID, link("l1", "PC1", "PC2"));
    project.add(link);
    project.opened();
    OpenProjects open = new OpenProjects(directory.resolve("open"), false);
    saver = new ProjectSaver(open);
    links = new Links(saver);
    takeUp =
        new TakeUp(
            links,
            new LinkCaptures(open),
            new NodeNews(saver),
            new NodeTakeUp(links, new MissingImages(directory)));
  }

  @AfterEach
  void end() {
    saver.forget(project);
    followed.close();
    fake.close();
  }

  private void addPc(String name) {
    project.add(
        new Node(
            ID,
            followed.compute(),
            Json.createObjectBuilder()
                .add("node_id", name)
                .add("name", name)
                .add("node_type", "vpcs")
                .add("compute_id", "c1")
                .build()));
  }

  private static JsonObject link(String id, String... nodes) {
    JsonArrayBuilder ends = Json.createArrayBuilder();
    for (String node : nodes) {
      ends.add(
          Json.createObjectBuilder()
              .add("node_id", node)
              .add("adapter_number", 0)
              .add("port_number", 0));
    }
    return Json.createObjectBuilder()
        .add("link_id", id)
        .add("nodes", ends)
        .add(
            "filters",
            Json.createObjectBuilder().add("delay", Json.createArrayBuilder().add(5).add(0)))
        .add("suspend", false)
        .build();
  }

  private Answer answer(FakeCompute.Request request) {
    String path = request.path();
    if (request.method().equals("GET")) {
      boolean there = path.endsWith("/pcap") ? captures : knowsTheProject;
      return there ? Answer.OK : Answer.refusal(path.endsWith("/pcap") ? 409 : 404, "none");
    }
    if (path.endsWith("/ports/udp")) {
      return Answer.of(
          Json.createObjectBuilder().add("udp_port", nextPort.getAndIncrement()).build());
    }
    if (path.endsWith(ID + "/nodes")) {
      return together(request.body().getJsonArray("nodes"), this::node);
    }
    if (path.endsWith(ID + "/links")) {
      return together(request.body().getJsonArray("links"), this::joined);
    }
    if (path.endsWith("/nodes")) {
      String name = request.body().getString("name");
      return name.equals(refused)
          ? Answer.refusal(409, "no room for " + name)
          : Answer.of(
              Json.createObjectBuilder().add("status", status).add("console", 5000).build());
    }
    return Answer.OK;
  }

  private static Answer together(JsonArray items, Function<JsonObject, JsonObjectBuilder> making) {
    JsonArrayBuilder answers = Json.createArrayBuilder();
    items.getValuesAs(JsonObject.class).forEach(item -> answers.add(making.apply(item)));
    return Answer.of(answers.build());
  }

  private JsonObjectBuilder node(JsonObject node) {
    meanwhile.run();
    return node.getString("name").equals(refused)
        ? Json.createObjectBuilder().add("status", 409).add("message", "no room")
        : Json.createObjectBuilder()
            .add("status", 201)
            .add("node", Json.createObjectBuilder().add("status", status).add("console", 5000));
  }

  private JsonObjectBuilder joined(JsonObject link) {
    JsonArrayBuilder nios = Json.createArrayBuilder();
    link.getJsonArray("nodes")
        .forEach(end -> nios.add(Json.createObjectBuilder().add("lport", nextPort.get())));
    return Json.createObjectBuilder().add("status", 201).add("nios", nios);
  }

  /** How the link is plugged in as an earlier server wrote it down. */
  private static JsonObject wiring(Optional<JsonObject> capture) {
    JsonArrayBuilder ends = Json.createArrayBuilder();
    for (String pc : List.of("PC1", "PC2")) {
      ends.add(
          Json.createObjectBuilder()
              .add("node_id", pc)
              .add("path", nio(pc))
              .add("body", Json.createObjectBuilder().add("lport", 1)));
    }
    JsonObjectBuilder wiring = Json.createObjectBuilder().add("ends", ends);
    capture.ifPresent(known -> wiring.add("capture", known));
    return wiring.build();
  }

  private static JsonObject capture(String node) {
    return Json.createObjectBuilder()
        .add("file", "a.pcap")
        .add("path", "/captures/a.pcap")
        .add("node_id", node)
        .add("compute_id", "c1")
        .build();
  }

  private static String nio(String pc) {
    return "/projects/" + ID + "/vpcs/nodes/" + pc + "/adapters/0/ports/0/nio";
  }

  /** The ends of links that were plugged in, sorted. */
  private List<String> plugged() {
    return fake.requests("POST").stream().filter(path -> path.endsWith("/nio")).sorted().toList();
  }

  private List<String> problems() {
    return project.nodes().stream().flatMap(node -> node.problem().stream()).toList();
  }

  @Test
  void whatAComputeStillHasStaysAsItIs() {
    knowsTheProject = true;
    link.wiring(wiring(Optional.empty()));
    takeUp.all(project);
    assertEquals(List.of(), plugged());
    assertEquals(wiring(Optional.empty()), link.wiring());
    assertTrue(project.nodes().stream().allMatch(Node::isStarted));
    assertEquals(List.of(), problems());
  }

  @Test
  void aLinkThatAComputeForgotIsMadeAgain() {
    link.wiring(wiring(Optional.of(capture("PC1"))));
    takeUp.all(project);
    assertEquals(List.of(nio("PC1"), nio("PC2")), plugged());
    List<JsonObject> bodies = new ArrayList<>();
    fake.requests().stream()
        .filter(request -> request.path().endsWith("/nio"))
        .forEach(request -> bodies.add(request.body()));
    assertEquals(
        1,
        bodies.stream().filter(body -> body.getJsonObject("filters").containsKey("delay")).count());
    assertEquals(bodies.getFirst().getInt("lport"), bodies.getLast().getInt("rport"));
    assertEquals(bodies.getLast().getInt("lport"), bodies.getFirst().getInt("rport"));
    assertFalse(link.describe().getBoolean("capturing"), "nothing captures there any more");
    assertEquals("a.pcap", link.describe().getString("capture_file_name"));

    takeUp.on(project, followed.compute());
    assertEquals(2, plugged().size(), "once is enough");
  }

  @Test
  void aCaptureThatGoesOnIsShownAndOneThatEndedIsNot() {
    knowsTheProject = true;
    captures = true;
    link.wiring(wiring(Optional.of(capture("PC2"))));
    takeUp.all(project);
    assertTrue(link.describe().getBoolean("capturing"));
    assertEquals("/captures/a.pcap", link.describe().getString("capture_file_path"));
    captures = false;
    takeUp.all(project);
    assertFalse(link.describe().getBoolean("capturing"));
  }

  @Test
  void aCaptureEndsWithItsNode() {
    knowsTheProject = true;
    captures = true;
    status = "stopped";
    link.wiring(wiring(Optional.of(capture("PC2"))));
    takeUp.all(project);
    assertFalse(link.describe().getBoolean("capturing"));
    assertTrue(fake.requests("POST").getLast().endsWith("PC2/adapters/0/ports/0/stop_capture"));
  }

  @Test
  void aNodeThatIsRefusedSaysWhyAndItsLinkWaits() {
    refused = "PC2";
    takeUp.all(project);
    assertEquals(List.of("no room for PC2"), problems());
    assertTrue(project.node("PC1").isStarted());
    assertEquals(List.of(), plugged());
    refused = "none";
    takeUp.all(project);
    assertEquals(List.of(), problems());
    assertEquals(List.of(nio("PC1"), nio("PC2")), plugged());
  }

  @Test
  void aComputeThatCanMakesEverythingByTwoRequests() {
    fake.haveBatches();
    takeUp.all(project);
    assertEquals(
        List.of(
            "/projects",
            "/patchbay/projects/" + ID + "/nodes",
            "/patchbay/projects/" + ID + "/links"),
        fake.requests("POST"));
    assertTrue(project.nodes().stream().allMatch(Node::isStarted));
    List<JsonObject> ends =
        fake.requests()
            .getLast()
            .body()
            .getJsonArray("links")
            .getJsonObject(0)
            .getJsonArray("nodes")
            .getValuesAs(JsonObject.class);
    assertEquals(
        List.of("PC1", "PC2"), ends.stream().map(end -> end.getString("node_id")).toList());
    assertTrue(ends.getFirst().getJsonObject("filters").containsKey("delay"));
    assertTrue(ends.getLast().getJsonObject("filters").isEmpty());
    assertEquals(
        List.of(nio("PC1"), nio("PC2")),
        link.wiring().getJsonArray("ends").getValuesAs(JsonObject.class).stream()
            .map(end -> end.getString("path"))
            .toList());
  }

  @Test
  void aComputeThatCanMakesALinkByOneRequest() {
    fake.haveBatches();
    links.build(project, link);
    assertEquals(List.of("/patchbay/projects/" + ID + "/links"), fake.requests("POST"));
    assertEquals(2, link.wiring().getJsonArray("ends").size());
  }

  @Test
  void whatIsDoneWithANodeWhileManyAreMadeIsNotUndone() {
    fake.haveBatches();
    status = "stopped";
    meanwhile =
        () -> {
          project.node("PC1").learn(Json.createObjectBuilder().add("status", "started").build());
          meanwhile = () -> status = "started";
        };
    takeUp.all(project);
    assertTrue(project.node("PC1").isStarted(), "the older answer came later");
    assertEquals(
        List.of("/projects/" + ID + "/vpcs/nodes"),
        fake.requests("POST").stream().filter(path -> path.endsWith("/vpcs/nodes")).toList(),
        "it is asked for alone, the other one is not");
  }

  @Test
  void aNodeThatIsDeletedWhileManyAreMadeIsNotLeftOnItsCompute() {
    fake.haveBatches();
    meanwhile = () -> project.node("PC2").leaving(true);
    takeUp.all(project);
    assertEquals(List.of("/projects/" + ID + "/vpcs/nodes/PC2"), fake.requests("DELETE"));
    assertTrue(project.node("PC1").isStarted());
  }

  @Test
  void nobodyWaitsForANodeAtWhichSomethingIsDone() throws Exception {
    fake.haveBatches();
    Node busy = project.node("PC1");
    CountDownLatch known = new CountDownLatch(1);
    busy.lock().lock();
    try {
      meanwhile = known::countDown;
      Thread opening = Thread.ofVirtual().start(() -> takeUp.all(project));
      assertTrue(known.await(30, TimeUnit.SECONDS), "the other one is made");
      Deadline.await("the other node", () -> project.node("PC2").isStarted());
      assertFalse(busy.isStarted());
      busy.lock().unlock();
      opening.join();
    } finally {
      if (busy.lock().isHeldByCurrentThread()) {
        busy.lock().unlock();
      }
    }
    assertTrue(busy.isStarted());
    assertEquals(2, link.wiring().getJsonArray("ends").size());
  }

  @Test
  void whatIsRefusedAmongManyIsTriedAloneAndSaysWhy() {
    fake.haveBatches();
    refused = "PC2";
    takeUp.all(project);
    assertEquals(List.of("no room for PC2"), problems());
    assertTrue(project.node("PC1").isStarted());
    assertEquals("[]", link.wiring().getJsonArray("ends").toString());
  }

  @Test
  void anAbsentComputeIsSaidAndTakenUpWhenItIsBack() {
    fake.leave();
    followed.awaitAway();
    takeUp.all(project);
    assertEquals(2, problems().size());
    assertTrue(problems().getFirst().contains("is away"), problems().getFirst());
    fake.open();
    followed.awaitConnected();
    takeUp.on(project, followed.compute());
    assertEquals(List.of(), problems());
    assertEquals(List.of(nio("PC1"), nio("PC2")), plugged());
  }
}
