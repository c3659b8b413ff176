using System.CommandLine;

namespace OpenClaw.Cli.Commands.Cron;

/// <summary>What a user typed about a job; null for what he did not.</summary>
internal sealed record CronJobWords
{
    public string? Name { get; init; }

    public string? Description { get; init; }

    public string? Agent { get; init; }

    public string? Session { get; init; }

    public string? Wake { get; init; }

    public string? At { get; init; }

    public string? Every { get; init; }

    public string? Expression { get; init; }

    public string? Zone { get; init; }

    public string? SystemEvent { get; init; }

    public string? Message { get; init; }

    public string? Model { get; init; }

    public string? Thinking { get; init; }

    public string? TimeoutSeconds { get; init; }

    public string? Channel { get; init; }

    public string? To { get; init; }

    public bool Announce { get; init; }

    public bool NoDeliver { get; init; }

    public bool BestEffort { get; init; }

    public bool DeleteAfterRun { get; init; }

    public bool KeepAfterRun { get; init; }
}

/// <summary>The options that describe a job.</summary>
internal sealed class CronJobOptions
{
    private readonly Option<string?> _name = Text("--name", "Name of the job.", "name");
    private readonly Option<string?> _description = Text("--description", "What it is for.", "text");
    private readonly Option<string?> _agent = Text("--agent", "Agent that does it.", "id");
    private readonly Option<string?> _session = Text("--session", "Session that it runs in: main or isolated.", "target");
    private readonly Option<string?> _wake = Text("--wake", "Whether the main session looks at it at once: now or next-heartbeat.", "mode");
    private readonly Option<string?> _at = Text("--at", "Run once: a time in ISO 8601, or how far ahead (20m).", "when");
    private readonly Option<string?> _every = Text("--every", "Run again and again (10m, 1h, 1d).", "duration");
    private readonly Option<string?> _cron = Text("--cron", "Run by the calendar: a cron expression of five or six fields.", "expr");
    private readonly Option<string?> _zone = Text("--tz", "Time zone of the expression, such as Europe/Vienna.", "iana");
    private readonly Option<string?> _event = Text("--system-event", "Tell the main session this.", "text");
    private readonly Option<string?> _message = Text("--message", "Give an agent this task, in a session of its own.", "text");
    private readonly Option<string?> _model = Text("--model", "Model for the task.", "model");
    private readonly Option<string?> _thinking = Text("--thinking", "Thinking level for the task.", "level");
    private readonly Option<string?> _seconds = Text("--timeout-seconds", "How long the task may take.", "n");
    private readonly Option<string?> _channel = Text("--channel", "Channel that gets the answer (last).", "channel");
    private readonly Option<string?> _to = Text("--to", "Who gets the answer there.", "dest");
    private readonly Option<bool> _announce = new("--announce") { Description = "Send the answer to a chat; so it is anyway for tasks." };
    private readonly Option<bool> _deliver = new("--deliver") { Description = "The same as --announce." };
    private readonly Option<bool> _noDeliver = new("--no-deliver") { Description = "Send the answer nowhere, and do not tell the main session." };
    private readonly Option<bool> _bestEffort = new("--best-effort-deliver") { Description = "An answer that cannot be sent is no error." };
    private readonly Option<bool> _delete = new("--delete-after-run") { Description = "Remove a job that runs once after it did; so it is anyway." };
    private readonly Option<bool> _keep = new("--keep-after-run") { Description = "Keep a job that runs once, switched off." };

    public void AddTo(Command command)
    {
        foreach (var option in (Option[])
            [_name, _description, _agent, _session, _wake, _at, _every, _cron, _zone, _event, _message, _model, _thinking, _seconds, _channel, _to, _announce, _deliver, _noDeliver, _bestEffort, _delete, _keep])
        {
            command.Add(option);
        }
    }

    public CronJobWords Read(ParseResult result) => new()
    {
        Name = result.GetValue(_name),
        Description = result.GetValue(_description),
        Agent = result.GetValue(_agent),
        Session = result.GetValue(_session),
        Wake = result.GetValue(_wake),
        At = result.GetValue(_at),
        Every = result.GetValue(_every),
        Expression = result.GetValue(_cron),
        Zone = result.GetValue(_zone),
        SystemEvent = result.GetValue(_event),
        Message = result.GetValue(_message),
        Model = result.GetValue(_model),
        Thinking = result.GetValue(_thinking),
        TimeoutSeconds = result.GetValue(_seconds),
        Channel = result.GetValue(_channel),
        To = result.GetValue(_to),
        Announce = result.GetValue(_announce) || result.GetValue(_deliver),
        NoDeliver = result.GetValue(_noDeliver),
        BestEffort = result.GetValue(_bestEffort),
        DeleteAfterRun = result.GetValue(_delete),
        KeepAfterRun = result.GetValue(_keep),
    };

    private static Option<string?> Text(string name, string description, string help) => new(name) { Description = description, HelpName = help };
}
