using OpenClaw.Testing;

namespace OpenClaw.Gateway.Core.Tests.Cluster;

/// <summary>A test that needs redis-server, and is skipped with the reason where there is none.</summary>
internal sealed class RedisFactAttribute : FactAttribute
{
    public RedisFactAttribute() => Skip = RedisServer.Missing;
}

/// <inheritdoc cref="RedisFactAttribute"/>
internal sealed class RedisTheoryAttribute : TheoryAttribute
{
    public RedisTheoryAttribute() => Skip = RedisServer.Missing;
}
