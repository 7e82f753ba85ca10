package io.patchbay.it;

import jakarta.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Every route of both WARs, asked for by somebody, with what the rules say of the answer. */
final class RouteTrial {
  private static final Pattern ROUTE = Pattern.compile("(?<method>[A-Z]+)\\s+(?<path>/\\S+)");

  /** In the words of refusals by a rule. */
  private static final Pattern RULES =
      Pattern.compile(
          "have no role|users of this server|auditor|Only (an admin|instructors|this compute|the"
              + " owner)|You may (look|not change)");

  /** Ends the server where it may. */
  private static final String SHUTDOWN = "/v2/shutdown";

  private RouteTrial() {}

  record Route(String method, String path, Set<String> needs) {
    /** With addresses that are there as far as the rules go, and nothing behind that is harmed. */
    String filled(String project) {
      return path.replace("{project_id}", project)
          .replaceAll("\\{emulator:(\\w+)[^}]*}", "$1")
          .replaceAll("\\{node_type}", "vpcs")
          .replaceAll("\\{\\w+_number}", "0")
          .replaceAll("\\{\\w+(:[^}]*)?}", "11111111-2222-4333-8444-000000000404");
    }

    boolean changes() {
      return !method.equals("GET");
    }

    boolean isEndless() {
      return path.endsWith("/notifications") || path.endsWith("/pcap");
    }
  }

  /** From the sources: the rules of this build are in both WARs. */
  static List<Route> routes() throws Exception {
    List<Route> all = new ArrayList<>();
    for (String war : List.of("controller-war", "compute-war")) {
      Path file = Path.of("../..", war, "src/main/resources/META-INF/access.txt");
      for (String line : Files.readAllLines(file)) {
        Matcher route = ROUTE.matcher(line);
        if (!line.startsWith("#") && route.find()) {
          all.add(
              new Route(
                  route.group("method"),
                  route.group("path"),
                  Set.of(line.split("\\s")[0].split("\\+"))));
        }
      }
    }
    return all;
  }

  /** What somebody is to the server and to the project that is asked for. */
  enum Standing {
    NONE,
    AUDITOR,
    STRANGER,
    OWNER,
    /** An instructor of the owner's course. */
    INSTRUCTOR,
    ADMINISTRATOR;

    /** The statuses of refusals; reasoned from the meaning of needs, and not from the code. */
    Set<Integer> refusals(Set<String> needs) {
      Set<Integer> refusals = new TreeSet<>();
      for (String need : needs) {
        switch (need) {
          case "open" -> {}
          case "signed-in" -> refuse(refusals, 403, NONE);
          case "audit" -> refuse(refusals, 403, NONE, STRANGER, OWNER, INSTRUCTOR);
          case "user" -> refuse(refusals, 403, NONE, AUDITOR);
          case "instructor" -> refuse(refusals, 403, NONE, AUDITOR, STRANGER, OWNER);
          case "administrator" -> refuse(refusals, 403, NONE, AUDITOR, STRANGER, OWNER, INSTRUCTOR);
          case "controller" -> refuse(refusals, 403, values());
          case "view", "join" -> project(refusals);
          case "operate", "edit" -> {
            project(refusals);
            refuse(refusals, 403, AUDITOR);
          }
          case "own" -> {
            project(refusals);
            refuse(refusals, 403, AUDITOR, INSTRUCTOR);
          }
          default -> throw new AssertionError(need);
        }
      }
      return refusals;
    }

    private void project(Set<Integer> refusals) {
      refuse(refusals, 403, NONE);
      refuse(refusals, 404, STRANGER);
    }

    private void refuse(Set<Integer> refusals, int status, Standing... refused) {
      if (List.of(refused).contains(this)) {
        refusals.add(status);
      }
    }
  }

  /**
   * Tries all.
   *
   * @param owner makes the projects that are asked for; a new one for each request that is let
   *     through and may change or end it
   * @return what was answered otherwise than the rules say
   */
  static Set<String> wrong(String user, Standing standing, String owner) throws Exception {
    Set<String> wrong = new TreeSet<>();
    String lasting = RolesServer.create(owner, "trial-" + standing);
    for (Route route : routes()) {
      Set<Integer> refusals = standing.refusals(route.needs());
      boolean through = refusals.isEmpty();
      if (through && (route.isEndless() || route.path().equals(SHUTDOWN))) {
        continue;
      }
      boolean fresh = through && route.changes() && route.path().contains("{project_id}");
      String project = fresh ? RolesServer.create(owner, "trial-of-a-change") : lasting;
      answer(user, standing, route, id(project), refusals).ifPresent(wrong::add);
      if (fresh) {
        RolesServer.status("root", "DELETE", project);
      }
    }
    for (JsonObject left :
        RolesServer.as("root")
            .call("GET", "/v2/projects", "")
            .array()
            .getValuesAs(JsonObject.class)) {
      if (left.getString("name").startsWith("trial-")) {
        RolesServer.status("root", "DELETE", "/v2/projects/" + left.getString("project_id"));
      }
    }
    return wrong;
  }

  private static Optional<String> answer(
      String user, Standing standing, Route route, String project, Set<Integer> refusals)
      throws Exception {
    Api.Answer answer = RolesServer.as(user).call(route.method(), route.filled(project), "");
    String message =
        answer.status() >= 400 && !answer.response().body().isEmpty()
            ? answer.object().getString("message")
            : "";
    boolean byRule =
        answer.status() == 403 && RULES.matcher(message).find()
            || answer.status() == 404 && message.equals("Project ID " + project + " doesn't exist");
    boolean right = refusals.isEmpty() ? !byRule : byRule && refusals.contains(answer.status());
    return right && answer.status() < 500
        ? Optional.empty()
        : Optional.of(route + " as " + standing + ": " + answer.status() + " " + message);
  }

  static String id(String project) {
    return project.substring(project.lastIndexOf('/') + 1);
  }
}
