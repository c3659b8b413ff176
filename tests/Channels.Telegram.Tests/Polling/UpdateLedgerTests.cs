using OpenClaw.Channels.Telegram.Polling;

namespace OpenClaw.Channels.Telegram.Tests.Polling;

/// <summary>Up to where the API may forget.</summary>
public sealed class UpdateLedgerTests
{
    private readonly UpdateLedger _ledger = new();

    [Fact]
    public void Offset_BeforeAnything_IsNone() => Assert.Null(_ledger.Offset);

    [Fact]
    public void Offset_WhileSomethingIsOnItsWay_StopsAtIt()
    {
        foreach (var id in (long[])[7, 5, 6])
            Assert.True(_ledger.TryBegin(id));
        _ledger.End(7);
        _ledger.End(5);

        Assert.Equal(6, _ledger.Offset);
        Assert.True(_ledger.HasPending);
        Assert.False(_ledger.Settled.IsCompleted);

        _ledger.End(6);
        Assert.Equal(8, _ledger.Offset);
        Assert.True(_ledger.Settled.IsCompleted);
    }

    [Fact]
    public void Offset_NeverGoesBack()
    {
        _ledger.TryBegin(7);
        _ledger.End(7);
        Assert.Equal(8, _ledger.Offset);

        Assert.True(_ledger.TryBegin(3));
        Assert.Equal(8, _ledger.Offset);
    }

    [Fact]
    public void TryBegin_WhatIsOnItsWayOrDone_IsRefused()
    {
        Assert.True(_ledger.TryBegin(1));
        Assert.False(_ledger.TryBegin(1));
        _ledger.End(1);
        Assert.False(_ledger.TryBegin(1));
    }

    [Fact]
    public void Remembered_IsBounded()
    {
        for (var id = 0; id < 5000; id++)
        {
            _ledger.TryBegin(id);
            _ledger.End(id);
        }

        Assert.True(_ledger.TryBegin(0));
        Assert.False(_ledger.TryBegin(4999));
    }
}
