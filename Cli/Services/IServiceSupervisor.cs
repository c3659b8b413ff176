namespace OpenClaw.Cli.Services;

/// <summary>The gateway's service under one service manager. Nothing here throws because the manager or the disk refuses: that is an outcome.</summary>
internal interface IServiceSupervisor
{
    /// <summary>What the kind of service is called: <c>systemd</c>, <c>LaunchAgent</c>, <c>Scheduled Task</c>.</summary>
    string Label { get; }

    /// <summary>Word for a service that is installed.</summary>
    string LoadedText { get; }

    /// <summary>Word for one that is not.</summary>
    string NotLoadedText { get; }

    /// <summary>Name under which the manager knows the service.</summary>
    string Name { get; }

    /// <summary>The file of the definition.</summary>
    string DefinitionPath { get; }

    /// <summary>The command that starts the service without this program.</summary>
    string StartHint { get; }

    /// <summary>Where its last lines are, as a line for people.</summary>
    string LogHint { get; }

    /// <summary>The system starts it, and not its user's manager.</summary>
    bool IsSystemWide { get; }

    /// <summary>Asks whether it is installed.</summary>
    Task<ServicePresence> FindAsync(CancellationToken cancellation);

    /// <summary>Asks how it is doing.</summary>
    Task<ServiceRuntime> ReadRuntimeAsync(CancellationToken cancellation);

    /// <summary>Reads the definition; null when there is none that can be read.</summary>
    InstalledService? ReadDefinition();

    /// <summary>Writes the definition, in place of an older one of a gateway, and starts the service.</summary>
    /// <param name="definition">What is to run.</param>
    /// <param name="force">Something that is no gateway's may be replaced; it is kept beside it.</param>
    /// <param name="cancellation">Stops before the next step.</param>
    Task<ServiceOutcome> InstallAsync(ServiceDefinition definition, bool force, CancellationToken cancellation);

    /// <summary>Stops the service and removes the definition.</summary>
    Task<ServiceOutcome> UninstallAsync(CancellationToken cancellation);

    /// <summary>Starts it, or starts it anew.</summary>
    Task<ServiceOutcome> RestartAsync(CancellationToken cancellation);

    /// <summary>Stops it.</summary>
    Task<ServiceOutcome> StopAsync(CancellationToken cancellation);
}
