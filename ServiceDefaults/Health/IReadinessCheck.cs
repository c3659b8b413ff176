namespace OpenClaw.ServiceDefaults.Health;

/// <summary>Something a service needs before it can do its work. Register any number of them.</summary>
public interface IReadinessCheck
{
    /// <summary>Why the service is not ready because of this, one sentence each, without secrets; empty when it is. Answers from memory: it never waits.</summary>
    IEnumerable<string> Reasons();
}
