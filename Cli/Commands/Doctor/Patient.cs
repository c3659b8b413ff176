using OpenClaw.Cli.Connections;
using OpenClaw.Cli.Startup;
using OpenClaw.Gateway.Core.Configuration;
using OpenClaw.Gateway.Core.Processes;

namespace OpenClaw.Cli.Commands.Doctor;

/// <summary>The instance that is looked at. What several checks need is found out once.</summary>
internal sealed class Patient
{
    private static readonly TimeSpan ProbeBudget = TimeSpan.FromSeconds(10);

    private static readonly GatewayProbeResult NotAsked = new(false, default, null, null, null, new Dictionary<string, ReadOnlyMemory<byte>>());

    private readonly Lock _gate = new();
    private readonly CancellationToken _cancellation;
    private Task<GatewayProbeResult>? _probe;

    private Patient(CommandContext context, ConfigSnapshot snapshot, DoctorOptions options, CancellationToken cancellation)
    {
        Context = context;
        Snapshot = snapshot;
        Options = options;
        Route = GatewayRoute.Of(snapshot, context.Environment, new ClientArguments());
        _cancellation = cancellation;
    }

    public CommandContext Context { get; }

    public GatewayEnvironment Environment => Context.Environment;

    /// <summary>The configuration, which may be invalid.</summary>
    public ConfigSnapshot Snapshot { get; }

    public DoctorOptions Options { get; }

    public GatewayRoute Route { get; }

    public TimeProvider Time => Context.Time;

    /// <summary>The port of this machine's gateway.</summary>
    public int Port => Environment.ResolvePort(null, Snapshot.Gateway.Port);

    /// <summary>What the gateway says, if there is one. Without a state directory none is asked: asking would make one, for this device's key.</summary>
    public Task<GatewayProbeResult> ProbeAsync()
    {
        if (!HasState)
            return Task.FromResult(NotAsked);
        lock (_gate)
        {
            string[] methods = Options.Deep ? ["health", "channels.status", "system-presence"] : ["health", "system-presence"];
            return _probe ??= GatewayProber.ProbeAsync(Context, Route, ProbeBudget, methods, _cancellation);
        }
    }

    public bool HasState => Directory.Exists(Environment.StateDirectory);

    /// <summary>Who has the lock; null when its file cannot be read.</summary>
    public GatewayLockState? Lock()
    {
        try
        {
            return GatewayLockState.Read(Environment);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    public string Show(string path) => Environment.Display(path);

    public static async Task<Patient> ExamineAsync(CommandContext context, DoctorOptions options, CancellationToken cancellation)
    {
        var snapshot = await new ConfigLoader(context.Environment).LoadAsync(cancellation).ConfigureAwait(false);
        return new Patient(context, snapshot, options, cancellation);
    }
}

/// <summary>What was typed after <c>openclaw doctor</c>.</summary>
internal sealed record DoctorOptions
{
    /// <summary>Repair what can be repaired.</summary>
    public bool Fix { get; init; }

    /// <summary>Agree to every repair.</summary>
    public bool Yes { get; init; }

    /// <summary>Ask nothing.</summary>
    public bool NonInteractive { get; init; }

    /// <summary>Also replace what a person changed by hand.</summary>
    public bool Force { get; init; }

    /// <summary>Also look at what takes longer.</summary>
    public bool Deep { get; init; }

    /// <summary>Print JSON.</summary>
    public bool Json { get; init; }

    /// <summary>Make a token where there is none, even without <see cref="Fix"/>.</summary>
    public bool GenerateToken { get; init; }
}
