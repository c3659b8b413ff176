using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace OpenClaw.Gateway.Core.Agents.Tools.Exec;

/// <summary>Looks after commands that went on in the background.</summary>
internal sealed class ProcessTool(ToolContext context, ProcessTable processes) : IAgentTool
{
    private const int NameChars = 8;

    private static readonly JsonElement Schema = Schemas.Parse("""
        {
          "type": "object",
          "properties": {
            "action": { "type": "string", "enum": ["list", "poll", "log", "write", "submit", "kill", "clear", "remove"], "description": "What to do" },
            "sessionId": { "type": "string", "description": "Session from exec; not needed for list" },
            "data": { "type": "string", "description": "Text for write and submit" },
            "eof": { "type": "boolean", "description": "Close the input after write" },
            "offset": { "type": "number", "description": "First line for log, counted from 0" },
            "limit": { "type": "number", "description": "Most lines for log; alone: the last ones" }
          },
          "required": ["action"]
        }
        """);

    public string Name => "process";

    public string Description =>
        "Manage background commands of exec: list, poll (new output), log, write and submit (input; submit adds a line end), kill, clear (forget a finished one), remove (kill and forget).";

    public JsonElement Parameters => Schema;

    public string? Summarize(JsonObject arguments) =>
        arguments.Text("sessionId") is { } session ? $"{arguments.Text("action")} · {session}" : arguments.Text("action");

    public async Task<ToolResult> ExecuteAsync(ToolInvocation invocation, CancellationToken cancellationToken)
    {
        var arguments = invocation.Arguments;
        var action = arguments.Text("action")!;
        if (action == "list")
            return List();
        if (arguments.Text("sessionId") is not { Length: > 0 } name)
            return Failed("sessionId is required for this action.");
        if (processes.Find(context.Session.AgentId, name) is not { } session)
            return Failed($"No session found for {name}");
        return action switch
        {
            "poll" => Poll(session),
            "log" => Log(session, arguments.Int("offset"), arguments.Int("limit")),
            "write" => await WriteAsync(session, arguments.Text("data") ?? "", arguments.Flag("eof"), cancellationToken).ConfigureAwait(false),
            "submit" => await WriteAsync(session, (arguments.Text("data") ?? "") + "\n", false, cancellationToken).ConfigureAwait(false),
            "kill" => await KillAsync(session, remove: false).ConfigureAwait(false),
            "remove" => await KillAsync(session, remove: true).ConfigureAwait(false),
            _ => await ClearAsync(session).ConfigureAwait(false),
        };
    }

    private ToolResult List()
    {
        var sessions = processes.List(context.Session.AgentId);
        var rows = sessions.Reverse().Select(static s => string.Create(CultureInfo.InvariantCulture, $"{s.Name} {StatusOf(s)} {RuntimeMs(s) / 1000}s :: {ShortName(s)}"));
        var text = sessions.Count == 0 ? "No running or recent sessions." : string.Join('\n', rows);
        return ToolResult.FromText(text, new JsonObject
        {
            ["status"] = "completed",
            ["sessions"] = new JsonArray([.. sessions.Select(Describe)]),
        });
    }

    private static ToolResult Poll(CommandSession session)
    {
        var output = session.Process.Output.Drain().Trim();
        var text = output.Length > 0 ? output : "(no new output)";
        var end = session.Exit is { } exit ? $"\n\n{ExitText(exit)}" : "\n\nProcess still running.";
        return ToolResult.FromText(text + end, Details(session));
    }

    private static ToolResult Log(CommandSession session, int? offset, int? limit)
    {
        var lines = session.Process.Output.Text.TrimEnd('\n').Split('\n');
        var count = Math.Max(0, limit ?? lines.Length);
        var start = Math.Clamp(offset ?? (limit is null ? 0 : lines.Length - count), 0, lines.Length);
        var shown = string.Join('\n', lines.Skip(start).Take(count));
        return ToolResult.FromText(shown.Length > 0 ? shown : "(no output)", Details(session));
    }

    private static async Task<ToolResult> WriteAsync(CommandSession session, string data, bool end, CancellationToken cancellationToken)
    {
        if (session.Exit is not null)
            return Failed($"Session {session.Name} has already ended.");
        try
        {
            await session.Process.WriteAsync(data, end, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            return Failed($"Session {session.Name} does not take input: {e.Message}");
        }
        return ToolResult.FromText(string.Create(CultureInfo.InvariantCulture, $"Wrote {data.Length} characters to session {session.Name}{(end ? " and closed its input" : "")}."), Details(session));
    }

    private async Task<ToolResult> KillAsync(CommandSession session, bool remove)
    {
        session.Process.Kill("kill");
        await session.Process.Exited.ConfigureAwait(false);
        if (remove)
            processes.Remove(session);
        return ToolResult.FromText($"{(remove ? "Removed" : "Killed")} session {session.Name}.", Details(session));
    }

    private async Task<ToolResult> ClearAsync(CommandSession session)
    {
        if (session.Exit is null)
            return Failed($"Session {session.Name} is still running; kill it first.");
        processes.Remove(session);
        await session.Process.DisposeAsync().ConfigureAwait(false);
        return ToolResult.FromText($"Cleared session {session.Name}.", new JsonObject { ["status"] = "completed" });
    }

    private static ToolResult Failed(string text) => ToolResult.FromText(text, new JsonObject { ["status"] = "failed" });

    private static JsonObject Details(CommandSession session)
    {
        var details = new JsonObject { ["status"] = StatusOf(session), ["sessionId"] = session.Name };
        if (session.Exit is { } exit)
            details["exitCode"] = exit.ExitCode;
        return details;
    }

    private static JsonObject Describe(CommandSession session)
    {
        var row = new JsonObject
        {
            ["sessionId"] = session.Name,
            ["status"] = StatusOf(session),
            ["pid"] = session.Process.Pid,
            ["startedAt"] = session.Process.StartedAtMs,
            ["runtimeMs"] = RuntimeMs(session),
            ["cwd"] = session.Process.Cwd,
            ["command"] = session.Process.Command,
            ["name"] = ShortName(session),
            ["tail"] = session.Process.Output.Tail,
            ["truncated"] = session.Process.Output.Truncated,
        };
        if (session.Exit is { } exit)
        {
            row["endedAt"] = exit.EndedAtMs;
            row["exitCode"] = exit.ExitCode;
        }
        return row;
    }

    private static string StatusOf(CommandSession session) => session.Exit switch
    {
        null => "running",
        { ExitCode: 0, EndedBy: null } => "completed",
        _ => "failed",
    };

    private static long RuntimeMs(CommandSession session) => (session.Exit?.EndedAtMs ?? session.Process.NowMs) - session.Process.StartedAtMs;

    private static string ExitText(CommandExit exit) => exit.EndedBy switch
    {
        CommandExit.TimedOut => "Process timed out and was killed.",
        not null => "Process was killed.",
        null => string.Create(CultureInfo.InvariantCulture, $"Process exited with code {exit.ExitCode}."),
    };

    private static string ShortName(CommandSession session)
    {
        var words = session.Process.Command.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Take(2);
        var name = string.Join(' ', words);
        return name.Length <= NameChars * 4 ? name : name[..(NameChars * 4)];
    }
}
