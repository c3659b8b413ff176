using OpenClaw.Gateway.Protocol.Services;
using OpenClaw.ServiceDefaults.Health;

namespace OpenClaw.Gateway.Edge.Settings;

/// <summary>The settings in force: the last ones that the core told. Before it has, nothing is served that it may have forbidden.</summary>
internal sealed class EdgeSettingsStore : IReadinessCheck
{
    public const string NotTold = "The core has not told its settings over the bus yet.";

    private readonly TaskCompletionSource _told = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile EdgeSettings _current = new() { ControlUi = false };

    /// <summary>Raised after other settings came into force.</summary>
    public event Action<EdgeSettings>? Changed;

    public EdgeSettings Current => _current;

    /// <summary>Completes when the core has told its settings for the first time.</summary>
    public Task Told => _told.Task;

    public void Use(EdgeSettings settings)
    {
        _current = settings;
        Changed?.Invoke(settings);
        _told.TrySetResult();
    }

    public IEnumerable<string> Reasons()
    {
        if (!_told.Task.IsCompleted)
            yield return NotTold;
    }
}
