using System.Runtime.InteropServices;

namespace OpenClaw.Cli.Hosting;

/// <summary>What the operating system asks of the gateway.</summary>
internal enum GatewaySignal
{
    /// <summary>SIGTERM or SIGINT: stop in order.</summary>
    Stop,

    /// <summary>SIGUSR1: restart in this process.</summary>
    Restart,
}

/// <summary>
/// Turns signals into requests. The first stop signal is handled, the second is left to the system, which ends the process at once.
/// </summary>
internal sealed class GatewaySignals : IDisposable
{
    private readonly List<PosixSignalRegistration> _registrations = [];
    private readonly Action<GatewaySignal, string> _onSignal;
    private int _stops;

    public GatewaySignals(Action<GatewaySignal, string> onSignal)
    {
        _onSignal = onSignal;
        _registrations.Add(PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => OnStop(context, "SIGTERM")));
        _registrations.Add(PosixSignalRegistration.Create(PosixSignal.SIGINT, context => OnStop(context, "SIGINT")));
        if (UserSignal1 is { } usr1)
            _registrations.Add(PosixSignalRegistration.Create(usr1, OnRestart));
    }

    /// <summary>The raw number of SIGUSR1, which .NET has no name for: 10 on Linux, 30 on macOS and FreeBSD.</summary>
    private static PosixSignal? UserSignal1 =>
        OperatingSystem.IsLinux() ? (PosixSignal)10
        : OperatingSystem.IsMacOS() || OperatingSystem.IsFreeBSD() ? (PosixSignal)30
        : null;

    public void Dispose()
    {
        foreach (var registration in _registrations)
            registration.Dispose();
    }

    private void OnStop(PosixSignalContext context, string name)
    {
        if (Interlocked.Increment(ref _stops) > 1)
            return;
        context.Cancel = true;
        _onSignal(GatewaySignal.Stop, name);
    }

    private void OnRestart(PosixSignalContext context)
    {
        context.Cancel = true;
        _onSignal(GatewaySignal.Restart, "SIGUSR1");
    }
}
