using System.CommandLine;
using System.Text.Json.Nodes;
using OpenClaw.Cli.Connections;
using OpenClaw.Cli.Startup;

namespace OpenClaw.Cli.Commands.Nodes;

/// <summary>Commands of phones and desktops under names of their own: each is one <c>node.invoke</c>, and prints what the node answers as JSON.</summary>
internal static class NodeActions
{
    private const int UsualMs = 20_000;

    public static IEnumerable<Command> Create(CommandContext context)
    {
        yield return Notify(context);
        yield return new Command("camera", "Cameras of a node.")
        {
            Action(context, "list", "List cameras.", "camera.list"),
            Action(context, "snap", "Take a picture.", "camera.snap", Text("--facing", "facing", "front or back."), Number("--max-width", "maxWidth", "Widest picture, in pixels.")),
            Action(context, "clip", "Take a film.", "camera.clip", Text("--facing", "facing", "front or back."), Number("--duration", "durationMs", "Milliseconds.")),
        };
        yield return new Command("screen", "A node's screen.")
        {
            Action(context, "record", "Record it.", "screen.record", Number("--screen", "screenIndex", "Which screen, from 0."), Number("--duration", "durationMs", "Milliseconds.")),
        };
        yield return new Command("location", "Where a node is.")
        {
            Action(context, "get", "Ask it.", "location.get", Number("--max-age", "maxAgeMs", "Milliseconds that a known place may be old."), Text("--accuracy", "desiredAccuracy", "coarse, balanced or precise.")),
        };
        yield return new Command("canvas", "A node's canvas.")
        {
            Action(context, "present", "Show it.", "canvas.present", Text("--target", "url", "Page to show.")),
            Action(context, "hide", "Hide it.", "canvas.hide"),
            Action(context, "navigate", "Show another page.", "canvas.navigate", Text("--url", "url", "The page.", required: true, client: false)),
            Action(context, "eval", "Run JavaScript in it.", "canvas.eval", Text("--js", "javaScript", "The program.", required: true)),
            Action(context, "snapshot", "Take a picture of it.", "canvas.snapshot", Text("--format", "format", "png or jpg."), Number("--max-width", "maxWidth", "Widest picture, in pixels.")),
            new Command("a2ui", "Its A2UI content.")
            {
                Action(context, "push", "Add messages.", "canvas.a2ui.pushJSONL", Text("--jsonl", "jsonl", "JSON lines.", required: true)),
                Action(context, "reset", "Remove all.", "canvas.a2ui.reset"),
            },
        };
    }

    private static Command Notify(CommandContext context) => Action(
        context, "notify", "Show a note on a node.", "system.notify",
        Text("--title", "title", "Its title."), Text("--body", "body", "Its text."), Text("--sound", "sound", "Its sound."), Text("--priority", "priority", "passive, active or timeSensitive."));

    private static Command Action(CommandContext context, string name, string description, string nodeCommand, params Parameter[] parameters)
    {
        // A page's address has the name that elsewhere means the gateway's.
        var flags = new ClientFlags(GatewayCaller.UsualTimeoutMs, withUrl: parameters.All(static parameter => parameter.WithGatewayUrl));
        var node = NodesCommand.Node();
        var limit = new Option<int>("--invoke-timeout") { Description = $"Milliseconds that the node may take ({UsualMs}).", HelpName = "ms", DefaultValueFactory = _ => UsualMs };
        var command = new Command(name, description) { node, limit };
        foreach (var parameter in parameters)
            command.Add(parameter.Option);
        flags.AddTo(command);
        command.SetAction((result, cancellation) =>
        {
            var given = new JsonObject();
            foreach (var parameter in parameters)
                parameter.Read(result, given);
            return NodesRun.InvokeAsync(context, flags.Read(result), new NodeOrder(result.GetValue(node)!, nodeCommand, given.ToJsonString(), result.GetValue(limit), null), cancellation, name);
        });
        return command;
    }

    private static Parameter Text(string option, string property, string description, bool required = false, bool client = true)
    {
        var text = new Option<string?>(option) { Description = description, HelpName = property, Required = required };
        return new Parameter(text, client, (result, given) =>
        {
            if (result.GetValue(text) is { } value)
                given[property] = value;
        });
    }

    private static Parameter Number(string option, string property, string description)
    {
        var number = new Option<int?>(option) { Description = description, HelpName = property };
        return new Parameter(number, true, (result, given) =>
        {
            if (result.GetValue(number) is { } value)
                given[property] = value;
        });
    }

    /// <summary>An option that becomes a param of the node's command.</summary>
    private sealed record Parameter(Option Option, bool WithGatewayUrl, Action<ParseResult, JsonObject> Read);
}
