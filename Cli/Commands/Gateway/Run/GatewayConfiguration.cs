using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging;
using OpenClaw.Cli.Hosting;
using OpenClaw.Cli.Startup;
using OpenClaw.Gateway.Client.Targets;
using OpenClaw.Gateway.Core.Configuration;
using OpenClaw.Gateway.Core.Configuration.Options;
using OpenClaw.Gateway.Core.Hosting;
using OpenClaw.Gateway.Core.Lifetime;
using OpenClaw.Gateway.Core.Processes;
using OpenClaw.Gateway.Core.SafeMode;
using OpenClaw.Gateway.Edge.Tls;

namespace OpenClaw.Cli.Commands.Gateway.Run;

/// <summary>What each gateway of this process is made from: the flags of the command line, and the configuration as it is by then.</summary>
internal sealed class GatewayConfiguration(
    CommandContext context, GatewayRunArguments arguments, GatewayStartFlags flags, GatewayLogs logs, ConfigSnapshot first, SafeModeState safeMode, StartHistory? history)
{
    private readonly ILogger _logger = logs.Factory.CreateLogger("gateway");
    private readonly ConfigLoader _loader = new(context.Environment);
    private ConfigSnapshot _snapshot = first;
    private SafeModeState _safeMode = safeMode;
    private bool _started;
    private bool _restarts;

    /// <summary>Port of the newest gateway.</summary>
    public int Port { get; private set; }

    /// <summary>For the first gateway what was read and checked already; for a restarted one what the file says now.</summary>
    /// <exception cref="StartRefusedException">The file forbids a start.</exception>
    public async Task<GatewayHostOptions> NextAsync(CancellationToken cancellation)
    {
        if (_started)
        {
            await ReadAgainAsync(cancellation).ConfigureAwait(false);
            // Somebody wanted this restart; and the process goes on, so that a crash after it is one again.
            _safeMode = SafeModeState.Off();
            if (history is not null && _restarts)
                await history.BeginAsync().ConfigureAwait(false);
            _restarts = false;
        }
        _started = true;
        var snapshot = _snapshot;
        logs.Settings.Use(snapshot.Logging);
        Port = context.Environment.ResolvePort(flags.Port, snapshot.Gateway.Port);
        var bind = BindAddresses.Of(flags.Bind ?? snapshot.Gateway.Bind, snapshot.Gateway.CustomBindHost, Port, LocalAddresses.Read);
        Report(snapshot, bind);
        var store = new ConfigStore(_loader, snapshot, logs.Factory.CreateLogger<ConfigStore>(), context.Time)
        {
            Guard = candidate => StartGuard.Check(candidate, flags, context.Environment) is { } refusal ? string.Join(' ', refusal.Lines) : null,
        };
        store.Changed += (_, change) => Follow(change.Current);
        return new GatewayHostOptions
        {
            Core = new GatewayCoreOptions
            {
                Environment = context.Environment,
                Configuration = store,
                AuthFlags = flags.Auth,
                StartSettings = StartSettings,
                RestartsInProcess = true,
                LogFile = () => logs.CurrentFile,
                Version = ProductVersion.Number,
                Commit = ProductVersion.Commit,
                SafeMode = _safeMode,
            },
            LoggerFactory = logs.Factory,
            Stopping = OnStopping,
            Addresses = bind.Addresses,
            Port = Port,
            Certificate = LoadCertificate(snapshot.Gateway.Tls),
            MayRestart = () => new PlannedRestart(context.Environment.StateDirectory).Take(context.Time, Environment.ProcessId)
                || store.Current.Root.Section("commands").Bool("restart") == true,
        };
    }

    private void OnStopping(StopKind kind)
    {
        history?.End();
        _restarts = kind is StopKind.Restart;
    }

    /// <summary>A later restart with a file that cannot be used goes on with what was last in force, not with what the process began with.</summary>
    private void Follow(ConfigSnapshot current)
    {
        _snapshot = current;
        logs.Settings.Use(current.Logging);
    }

    /// <summary>What the listeners are made from. A flag wins over the file, so a change of the file behind one is none.</summary>
    private Dictionary<string, string> StartSettings(ConfigSnapshot snapshot)
    {
        var (gateway, tls) = (snapshot.Gateway, snapshot.Gateway.Tls);
        return new Dictionary<string, string>
        {
            ["gateway.port"] = $"{context.Environment.ResolvePort(flags.Port, gateway.Port)}",
            ["gateway.bind"] = $"{flags.Bind ?? gateway.Bind}",
            ["gateway.customBindHost"] = (flags.Bind ?? gateway.Bind) is GatewayBind.Custom ? gateway.CustomBindHost ?? "" : "",
            ["gateway.tls"] = tls.Enabled ? $"{tls.CertPath}\n{tls.KeyPath}\n{tls.AutoGenerate}" : "off",
        };
    }

    /// <summary>A file that cannot be used leaves the last good one in force: a running gateway is worth more than a new setting.</summary>
    private async Task ReadAgainAsync(CancellationToken cancellation)
    {
        var read = await _loader.LoadAsync(cancellation).ConfigureAwait(false);
        if (!read.Valid)
        {
            GatewayRunLog.KeptConfig(_logger, read.Path, string.Join("; ", read.Issues));
            return;
        }
        if (StartGuard.Check(read, flags, context.Environment) is { } refusal)
        {
            GatewayRunLog.KeptConfig(_logger, read.Path, string.Join(' ', refusal.Lines));
            return;
        }
        _snapshot = read;
    }

    private X509Certificate2? LoadCertificate(GatewayTlsOptions tls)
    {
        if (!tls.Enabled)
            return null;
        var directory = Path.Combine(context.Environment.StateDirectory, "gateway", "tls");
        try
        {
            var certificate = EdgeCertificate.LoadOrCreate(
                tls.CertPath ?? Path.Combine(directory, EdgeCertificate.CertificateFile), tls.KeyPath ?? Path.Combine(directory, EdgeCertificate.KeyFile), tls.AutoGenerate, context.Time.GetUtcNow());
            GatewayRunLog.Fingerprint(_logger, EdgeCertificate.Fingerprint(certificate));
            return certificate;
        }
        catch (IOException e)
        {
            throw new StartRefusedException(new StartRefusal("Gateway failed to start: " + e.Message));
        }
    }

    private void Report(ConfigSnapshot snapshot, BindAddresses bind)
    {
        foreach (var line in ConfigReport.Oddities(snapshot, context.Environment))
            GatewayRunLog.Oddity(_logger, line);
        if (bind.Note is { } note)
            GatewayRunLog.Oddity(_logger, note);
        if ((flags.Auth.Tailscale ?? snapshot.Gateway.Tailscale) is not TailscaleMode.Off)
            GatewayRunLog.Oddity(_logger, $"Tailscale is not set up by this gateway; to publish it, run: tailscale serve --bg {Port}");
        foreach (var name in arguments.WithoutEffect)
            GatewayRunLog.Oddity(_logger, $"{name} has no effect in this gateway");
        GatewayRunLog.LogFile(_logger, logs.CurrentFile);
    }
}

/// <summary>The configuration forbids a start, as was found out after an in-process restart or when its certificate was loaded.</summary>
internal sealed class StartRefusedException(StartRefusal refusal) : Exception(string.Join(' ', refusal.Lines))
{
    public StartRefusal Refusal { get; } = refusal;
}
