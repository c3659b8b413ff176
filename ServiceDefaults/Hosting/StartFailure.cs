namespace OpenClaw.ServiceDefaults.Hosting;

/// <summary>Whether the start of the service failed, for the filter of its logs.</summary>
internal sealed class StartFailure
{
    private volatile bool _happened;

    public bool Happened
    {
        get => _happened;
        set => _happened = value;
    }
}
