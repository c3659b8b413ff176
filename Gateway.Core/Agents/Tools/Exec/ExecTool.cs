using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using OpenClaw.Gateway.Core.Agents.Options;

namespace OpenClaw.Gateway.Core.Agents.Tools.Exec;

/// <summary>Runs a command of the shell on the gateway's machine, if the approval policy lets it.</summary>
internal sealed class ExecTool(
    ToolContext context, IAgentConfiguration configuration, ExecGuard guard, ProcessTable processes, TimeProvider time) : IAgentTool
{
    private const string ShellPath = "/bin/sh";

    private static readonly JsonElement Schema = Schemas.Parse("""
        {
          "type": "object",
          "properties": {
            "command": { "type": "string", "description": "Shell command" },
            "workdir": { "type": "string", "description": "Directory to run in; the workspace when absent" },
            "env": { "type": "object", "description": "Environment variables to set", "additionalProperties": { "type": "string" } },
            "yieldMs": { "type": "number", "description": "Milliseconds to wait before the command goes on in the background (default 10000)" },
            "background": { "type": "boolean", "description": "Go on in the background at once" },
            "timeout": { "type": "number", "description": "Seconds after which the command is killed" },
            "pty": { "type": "boolean", "description": "Ask for a terminal; this gateway always uses pipes" },
            "elevated": { "type": "boolean", "description": "Ask for elevated rights, where they are configured" },
            "host": { "type": "string", "description": "Where to run: gateway" },
            "security": { "type": "string", "enum": ["deny", "allowlist", "full"], "description": "Policy for this call; can only be stricter than configured" },
            "ask": { "type": "string", "enum": ["off", "on-miss", "always"], "description": "When to ask the user; can only be more often than configured" },
            "node": { "type": "string", "description": "Not used on this host" }
          },
          "required": ["command"]
        }
        """);

    public string Name => "exec";

    public string Description =>
        "Run a shell command on the gateway host. Commands that are not allowed yet wait for the user's approval. A command that takes long goes on in the background; follow it with process.";

    public JsonElement Parameters => Schema;

    private ExecOptions Options => context.Options.Exec;

    public string? Summarize(JsonObject arguments) => arguments.Text("command") is { } command
        ? command + (arguments.Flag("pty") ? " · pty" : "") + (arguments.Flag("elevated") ? " · elevated" : "")
        : null;

    public async Task<ToolResult> ExecuteAsync(ToolInvocation invocation, CancellationToken cancellationToken)
    {
        var (call, error) = ExecCall.Read(invocation.Arguments, Options);
        if (call is null)
            return ToolResult.FromError(Name, error!);
        var (cwd, warning) = ResolveDirectory(call.Workdir);
        var finder = new ProgramFinder(CommandEnvironment.SearchPath(configuration.Environment, Options));
        var plan = ExecPlan.Create(call.Command, cwd, call.Variables, finder);
        var guarded = await guard.CheckAsync(plan, call, context, finder, invocation.OnUpdate, cancellationToken).ConfigureAwait(false);
        if (guarded.Line is null)
            return ToolResult.FromError(Name, guarded.Refusal ?? "The command was refused.");
        if (call.Yield == TimeSpan.Zero && processes.List(context.Session.AgentId).Count(static session => session.Exit is null) >= ProcessTable.MaxBackground)
            return ToolResult.FromError(Name, "Too many commands run in the background. End some with process first.");
        CommandProcess process;
        try
        {
            process = CommandProcess.Start(CreateStart(call, cwd, guarded.Line), finder, time);
        }
        catch (IOException e)
        {
            return ToolResult.FromError(Name, e.Message);
        }
        return await FollowAsync(process, call, warning, invocation, cancellationToken).ConfigureAwait(false);
    }

    private async Task<ToolResult> FollowAsync(CommandProcess process, ExecCall call, string warning, ToolInvocation invocation, CancellationToken cancellationToken)
    {
        var session = processes.Add(process, context.Session.AgentId, Options.Cleanup);
        var updates = new UpdateThrottle(time, () => invocation.OnUpdate(Running(session, warning + process.Output.Tail)));
        process.OnOutput = updates.Signal;
        // It may have written before anybody listened.
        if (process.Output.Tail.Length > 0)
            updates.Signal();
        try
        {
            if (call.Yield > TimeSpan.Zero)
            {
                var exit = await process.Exited.WaitAsync(call.Yield, time, cancellationToken).ConfigureAwait(false);
                processes.Remove(session);
                await process.DisposeAsync().ConfigureAwait(false);
                return Finished(process, exit, call, warning);
            }
        }
        catch (TimeoutException)
        {
            // It takes longer than the model waits, which is no fault.
        }
        catch (OperationCanceledException)
        {
            processes.Remove(session);
            process.Kill("abort");
            await process.DisposeAsync().ConfigureAwait(false);
            throw;
        }
        session.IsBackground = true;
        process.OnOutput = null;
        return Running(session, string.Create(
            CultureInfo.InvariantCulture,
            $"{warning}Command still running (session {session.Name}, pid {process.Pid}). Use process (list/poll/log/write/kill/clear/remove) for follow-up."));
    }

    private CommandStart CreateStart(ExecCall call, string cwd, string line) => new()
    {
        Command = call.Command,
        FileName = OperatingSystem.IsWindows() ? "cmd.exe" : ShellPath,
        Arguments = OperatingSystem.IsWindows() ? ["/d", "/s", "/c", line] : ["-c", line],
        Cwd = cwd,
        Environment = CommandEnvironment.Build(configuration.Environment, call.Variables, Options),
        Timeout = call.Timeout,
    };

    private (string Cwd, string Warning) ResolveDirectory(string? workdir)
    {
        if (workdir is null || workdir.Trim().Length == 0)
            return (context.WorkspaceDir, "");
        var expanded = workdir == "~" || workdir.StartsWith("~/", StringComparison.Ordinal)
            ? HomePath.Expand(workdir, configuration.HomeDir)
            : Path.GetFullPath(workdir, context.WorkspaceDir);
        return Directory.Exists(expanded)
            ? (expanded, "")
            : (context.WorkspaceDir, $"Warning: workdir \"{workdir}\" is unavailable; using \"{context.WorkspaceDir}\".\n\n");
    }

    private static ToolResult Running(CommandSession session, string text) => ToolResult.FromText(text, new JsonObject
    {
        ["status"] = "running",
        ["sessionId"] = session.Name,
        ["pid"] = session.Process.Pid,
        ["startedAt"] = session.Process.StartedAtMs,
        ["cwd"] = session.Process.Cwd,
        ["tail"] = session.Process.Output.Tail,
    });

    private ToolResult Finished(CommandProcess process, CommandExit exit, ExecCall call, string warning)
    {
        var output = process.Output.Text.Trim();
        if (exit is { ExitCode: 0, EndedBy: null })
        {
            return ToolResult.FromText(warning + (output.Length > 0 ? output : "(no output)"), new JsonObject
            {
                ["status"] = "completed",
                ["exitCode"] = 0,
                ["durationMs"] = exit.EndedAtMs - process.StartedAtMs,
                ["aggregated"] = output,
                ["cwd"] = process.Cwd,
            });
        }
        var reason = exit.EndedBy switch
        {
            CommandExit.TimedOut => string.Create(CultureInfo.InvariantCulture, $"Command timed out after {call.Timeout.TotalSeconds:0.###} seconds"),
            not null => "Command aborted by signal SIGKILL",
            null => string.Create(CultureInfo.InvariantCulture, $"Command exited with code {exit.ExitCode}"),
        };
        return ToolResult.FromError(Name, warning + (output.Length > 0 ? $"{output}\n\n{reason}" : reason));
    }
}
