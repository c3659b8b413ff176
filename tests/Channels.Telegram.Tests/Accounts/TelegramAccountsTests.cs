using System.Text.Json;
using OpenClaw.Channels.Abstractions.Settings;
using OpenClaw.Channels.Telegram.Accounts;
using OpenClaw.Testing;

namespace OpenClaw.Channels.Telegram.Tests.Accounts;

/// <summary>Which accounts a configuration has, and where their tokens come from.</summary>
public sealed class TelegramAccountsTests
{
    [Fact]
    public void NoSection_IsADefaultAccountThatLacksAToken()
    {
        var account = Assert.Single(Read("{}"));

        Assert.Equal(("default", "none"), (account.Id, account.TokenSource));
        Assert.Contains("no bot token", account.Problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"botToken":" 1:a "}""", "1:a", "config")]
    [InlineData("""{"botToken":"1:a","accounts":{"default":{"botToken":"1:b"}}}""", "1:b", "config")]
    [InlineData("""{"botToken":"1:a","tokenFile":"FILE"}""", "1:file", "tokenFile")]
    [InlineData("""{"accounts":{"default":{"botToken":"1:b","tokenFile":"FILE"}}}""", "1:file", "tokenFile")]
    [InlineData("""{"tokenFile":"FILE","accounts":{"default":{"botToken":"1:b"}}}""", "1:b", "config")]
    [InlineData("""{"accounts":{"default":{"name":"x"}}}""", "1:env", "env")]
    [InlineData("""{}""", "1:env", "env")]
    public void Token_IsTakenInThePeersOrder(string section, string token, string source)
    {
        using var directory = new TempDirectory();
        File.WriteAllText(directory["token"], "1:file\n");

        var account = Assert.Single(Read(section.Replace("FILE", directory["token"], StringComparison.Ordinal), "1:env"));

        Assert.Equal((token, source), (account.Token, account.TokenSource));
        Assert.Null(account.Problem);
    }

    [Fact]
    public void ChannelsTokenAndVariable_AreTheDefaultAccountsOnly()
    {
        var accounts = Read("""{"botToken":"1:a","accounts":{"work":{},"Default":{}}}""", "1:env");

        Assert.Equal(["default", "work"], accounts.Select(account => account.Id));
        Assert.Equal("1:a", accounts[0].Token);
        Assert.Contains("channels.telegram.accounts.work.botToken", accounts[1].Problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"tokenFile":"/nowhere/token","botToken":"1:a"}""", "channels.telegram.tokenFile: /nowhere/token does not exist")]
    [InlineData("""{"botToken":"1:a/../../x"}""", "channels.telegram.botToken is not a bot token")]
    [InlineData("""{"botToken":"1:a","webhookUrl":"https://e.org/x"}""", "webhookSecret")]
    [InlineData("""{"botToken":"1:a","apiRoot":"ftp://e.org"}""", "channels.telegram.apiRoot is no address")]
    [InlineData("""{"botToken":"1:a","proxy":"nonsense"}""", "channels.telegram.proxy is no address")]
    public void WhatIsWrong_IsSaid(string section, string problem) => Assert.Contains(problem, Assert.Single(Read(section, "1:env")).Problem, StringComparison.Ordinal);

    [Fact]
    public void Members_AreLaidOverTheChannels()
    {
        var accounts = Read("""
            {"mediaMaxMb":3,"linkPreview":false,"timeoutSeconds":9,"proxy":"http://u:p@proxy:1","accounts":{"a":{"botToken":"1:a","mediaMaxMb":7,"linkPreview":true,"name":"A"},"b":{"botToken":"1:b","enabled":false}}}
            """);

        Assert.Equal((7L << 20, true, "A", true), (accounts[0].MaxMediaBytes, accounts[0].HasLinkPreview, accounts[0].Name, accounts[0].Enabled));
        Assert.Equal((3L << 20, false, false), (accounts[1].MaxMediaBytes, accounts[1].HasLinkPreview, accounts[1].Enabled));
        Assert.All(accounts, account => Assert.Equal(("proxy", TimeSpan.FromSeconds(9)), (account.Proxy!.Host, account.Timeout)));
    }

    [Fact]
    public void TwoAccountsWithOneToken_OnlyTheFirstConnects()
    {
        var accounts = Read("""{"accounts":{"a":{"botToken":"1:a","enabled":false},"b":{"botToken":"1:a"},"c":{"botToken":"1:a"}}}""");

        Assert.Equal([null, null, "account b has the same bot token, and only one can receive with it"], accounts.Select(account => account.Problem));
        Assert.NotEqual(accounts[1].Fingerprint, accounts[2].Fingerprint);
    }

    [Fact]
    public void ChannelThatIsSwitchedOff_SwitchesItsAccountsOff() =>
        Assert.False(Assert.Single(Read("""{"enabled":false,"accounts":{"a":{"botToken":"1:a","enabled":true}}}""")).Enabled);

    [Theory]
    [InlineData("""{"botToken":"1:a","allowFrom":["1"],"dmPolicy":"open","groups":{"*":{}}}""", true)]
    [InlineData("""{"botToken":"1:b"}""", false)]
    [InlineData("""{"botToken":"1:a","apiRoot":"http://x"}""", false)]
    [InlineData("""{"botToken":"1:a","enabled":false}""", false)]
    [InlineData("""{"botToken":"1:a","webhookUrl":"https://x","webhookSecret":"1"}""", false)]
    public void Fingerprint_IsOfWhatTheConnectionDependsOn(string section, bool isSame) =>
        Assert.Equal(isSame, Read("""{"botToken":"1:a"}""")[0].Fingerprint == Read(section)[0].Fingerprint);

    [Fact]
    public void Fingerprint_OfAnotherSecret_IsAnother() =>
        Assert.NotEqual(
            Read("""{"botToken":"1:a","webhookUrl":"https://x","webhookSecret":"1"}""")[0].Fingerprint,
            Read("""{"botToken":"1:a","webhookUrl":"https://x","webhookSecret":"2"}""")[0].Fingerprint);

    [Fact]
    public void Menu_IsWhatTheApiTakes()
    {
        var account = Assert.Single(Read("""
            {"botToken":"1:a","customCommands":[{"command":"/Backup","description":"Makes one."},{"command":"no-dash","description":"x"},{"command":"status","description":"again"},{"command":"empty"}]}
            """));

        Assert.Equal([("status", "Shows the status."), ("backup", "Makes one.")], account.Commands.Select(command => (command.Command, command.Description)));
        Assert.Empty(Assert.Single(Read("""{"botToken":"1:a","commands":{"native":false}}""")).Commands);
    }

    [Theory]
    [InlineData("""{"botToken":7,"accounts":[],"mediaMaxMb":"x","enabled":"no","customCommands":{}}""")]
    [InlineData("""{"accounts":{"a":5,"":{}}}""")]
    [InlineData("[]")]
    [InlineData("null")]
    public void SectionOfAnotherForm_IsNoCrash(string section) => Assert.All(Read(section), account => Assert.NotNull(account.Problem));

    [Fact]
    public void Account_ShownAsText_HoldsNoSecret()
    {
        var account = Assert.Single(Read("""{"botToken":"1:geheim","proxy":"http://u:passwort@p:1","webhookUrl":"https://x","webhookSecret":"losung"}"""));

        Assert.DoesNotContain("geheim", account.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("losung", account.Webhook!.ToString(), StringComparison.Ordinal);
    }

    private static IReadOnlyList<TelegramAccount> Read(string section, string? variable = null) => TelegramAccounts.Read(new ChannelSettings
    {
        Section = JsonSerializer.Deserialize<JsonElement>(section),
        Commands = [new CommandEntry("status", "Shows the status.")],
        Variables = variable is null ? new Dictionary<string, string>() : new Dictionary<string, string> { ["TELEGRAM_BOT_TOKEN"] = variable },
    });
}
