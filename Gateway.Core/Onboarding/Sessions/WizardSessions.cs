using OpenClaw.Gateway.Core.Configuration;
using OpenClaw.Gateway.Core.Onboarding.Checks;

namespace OpenClaw.Gateway.Core.Onboarding.Sessions;

/// <summary>The one wizard that may run over the gateway. It ends with the process; what is not answered for long is given up.</summary>
internal sealed class WizardSessions(ConfigStore configuration, TimeProvider time) : IAsyncDisposable
{
    /// <summary>Time to look up a key. Somebody who has left must not keep others from starting.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(15);

    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly OnboardingChecks _checks = new(time);
    private WizardSession? _session;
    private long _lastUse;

    /// <summary>Begins one; null while another runs.</summary>
    public async Task<WizardSession?> StartAsync(OnboardingChoices given, CancellationToken cancellation)
    {
        await _turn.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            if (_session is { IsRunning: true } && time.GetElapsedTime(_lastUse) < Patience)
                return null;
            await ForgetAsync().ConfigureAwait(false);
            _lastUse = time.GetTimestamp();
            return _session = new WizardSession((conversation, end) => RunAsync(conversation, given, end));
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>The session of this id; null when there is none (any more).</summary>
    public WizardSession? Find(string id)
    {
        if (Volatile.Read(ref _session) is not { } session || session.Id != id)
            return null;
        if (session.IsRunning && time.GetElapsedTime(Volatile.Read(ref _lastUse)) >= Patience)
            return null;
        Volatile.Write(ref _lastUse, time.GetTimestamp());
        return session;
    }

    /// <summary>Ends one and forgets it.</summary>
    public async Task RemoveAsync(WizardSession session)
    {
        await _turn.WaitAsync().ConfigureAwait(false);
        try
        {
            if (ReferenceEquals(_session, session))
                await ForgetAsync().ConfigureAwait(false);
        }
        finally
        {
            _turn.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_session is not null)
            await _session.DisposeAsync().ConfigureAwait(false);
        _checks.Dispose();
        _turn.Dispose();
    }

    private async Task ForgetAsync()
    {
        if (Interlocked.Exchange(ref _session, null) is { } session)
            await session.DisposeAsync().ConfigureAwait(false);
    }

    private async Task<WizardState> RunAsync(Steps.IWizardConversation conversation, OnboardingChoices given, CancellationToken end)
    {
        var snapshot = await configuration.ReadAsync(end).ConfigureAwait(false);
        if (!snapshot.Valid)
            return new WizardState("error", Error: $"the configuration is broken: {snapshot.Issues[0]}");
        var start = new OnboardingStart { Environment = configuration.Environment, Snapshot = snapshot, Given = given };
        var choices = await new OnboardingWizard(conversation, _checks).AskAsync(start, end).ConfigureAwait(false);
        if (choices is null)
            return new WizardState("cancelled", Error: "the risk was not accepted");
        var onboarder = new Onboarder(configuration.Environment, Write, time);
        // From here to its end: half of it would be of no use to anybody.
        var result = await onboarder.ApplyAsync(snapshot, choices, CancellationToken.None).ConfigureAwait(false);
        return result.Error is { } error ? new WizardState("error", Error: error) : new WizardState("done");
    }

    private Task<Configuration.Writing.ConfigWriteResult> Write(Configuration.Writing.ConfigWriteRequest request, CancellationToken cancellation) =>
        configuration.WriteAsync(request with { RestartDelay = Lifetime.GatewayRestart.DefaultDelay }, cancellation);
}
