using OpenClaw.Gateway.Core.Dispatch;
using OpenClaw.Gateway.Core.Idempotency;
using OpenClaw.Testing;

namespace OpenClaw.Gateway.Core.Tests.Idempotency;

public sealed class IdempotencyCacheTests
{
    private static readonly MethodReply First = new("1"u8.ToArray());
    private static readonly MethodReply Final = new("2"u8.ToArray());

    private readonly ManualTimeProvider _time = new();

    [Fact]
    public void StoreIfAbsent_FinalAnswerIsThere_KeepsIt()
    {
        var cache = new IdempotencyCache(_time);
        cache.Store("k", Final);
        cache.StoreIfAbsent("k", First);
        Assert.Equal(Final, cache.Find("k"));
    }

    [Fact]
    public void StoreIfAbsent_NoneOrAnExpiredOne_Stores()
    {
        var cache = new IdempotencyCache(_time);
        cache.StoreIfAbsent("k", First);
        Assert.Equal(First, cache.Find("k"));
        _time.Advance(IdempotencyCache.Lifetime);
        cache.StoreIfAbsent("k", Final);
        Assert.Equal(Final, cache.Find("k"));
    }
}
