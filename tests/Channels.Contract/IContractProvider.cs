using OpenClaw.Channels.Abstractions.Accounts;
using OpenClaw.Channels.Abstractions.Settings;

namespace OpenClaw.Channels.Contract;

/// <summary>A channel's provider as the contract sees it: a fake that speaks the real protocol.</summary>
public interface IContractProvider : IAsyncDisposable
{
    /// <summary>Id of the channel.</summary>
    string ChannelId { get; }

    /// <summary>A chat that exists.</summary>
    string Chat { get; }

    /// <summary>What the channel is told of its one account, which can connect.</summary>
    ChannelSettings Settings { get; }

    /// <summary>Makes the channel as another process would; pauses of its own may be short.</summary>
    IChannel CreateChannel(ChannelRig rig);

    /// <summary>Connections that receive now.</summary>
    int Receivers { get; }

    /// <summary>Messages that the provider has of us, in order.</summary>
    IReadOnlyList<string> Delivered { get; }

    /// <summary>Attempts to send that reached the provider.</summary>
    int SendAttempts { get; }

    /// <summary>The provider has something new.</summary>
    /// <param name="id">Id of the message; rising.</param>
    /// <param name="text">Its words.</param>
    void Say(int id, string text);

    /// <summary>The provider says again what it said.</summary>
    void SayAgain(int id, string text);

    /// <summary>The provider says two things, the newer one first.</summary>
    void SaySwapped(int id, string older, string newer);

    /// <summary>The next attempts to receive fail as on a bad network.</summary>
    void BreakReceiving(int times);

    /// <summary>The next message is taken, and the answer to it is lost.</summary>
    void LoseNextAnswer();

    /// <summary>The next attempt to send is told to wait.</summary>
    void LimitNextSend(TimeSpan delay);

    /// <summary>The next message is refused for good.</summary>
    void RefuseNextSend();

    /// <summary>The next message is taken, but its answer waits until the returned gate is opened.</summary>
    TaskCompletionSource HoldNextSend();

    /// <summary>The account's credentials count, or do not.</summary>
    bool AcceptsCredentials { get; set; }
}
