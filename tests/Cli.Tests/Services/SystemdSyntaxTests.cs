using System.Diagnostics;
using OpenClaw.Cli.Services;
using OpenClaw.Cli.Services.Systemd;
using OpenClaw.Testing;

namespace OpenClaw.Cli.Tests.Services;

public sealed class SystemdSyntaxTests
{
    private const string Analyze = "/usr/bin/systemd-analyze";

    [Theory]
    [InlineData("/usr/bin/openclaw", "/usr/bin/openclaw")]
    [InlineData("", "\"\"")]
    [InlineData("a b", "\"a b\"")]
    [InlineData("100%", "100%%")]
    [InlineData("a\"b\\c", "\"a\\\"b\\\\c\"")]
    [InlineData("two\nlines\tand tab", "\"two\\nlines\\tand tab\"")]
    [InlineData("it's", "\"it's\"")]
    [InlineData(";", "\";\"")]
    [InlineData("größe", "\"größe\"")]
    public void Quote_AnyWord_IsWrittenSo(string word, string written)
    {
        Assert.Equal(written, SystemdSyntax.Quote(word));
        Assert.Equal([word.Replace("%", "%%", StringComparison.Ordinal)], SystemdSyntax.Words(written));
    }

    [Theory]
    [InlineData("a  'b c' \"d e\"f", "a|b c|d ef")]
    [InlineData("\"\" x", "|x")]
    [InlineData("\\x41\\101\\u00e4\\s.", "AAä .")]
    [InlineData("\\q \\", "\\q|\\")]
    [InlineData("", "")]
    public void Words_AnyValue_AreRead(string value, string words) => Assert.Equal(words, string.Join('|', SystemdSyntax.Words(value)));

    [Fact]
    public void Read_WhatWasWritten_IsTheSame()
    {
        using var directory = new TempDirectory();
        var definition = Definition("/opt/the claw/50% off/openclaw");
        File.WriteAllText(directory["u.service"], SystemdUnit.Write(definition));

        var read = SystemdUnitFile.Read(directory["u.service"], "/home/x")!;

        Assert.Equal(definition.Arguments, read.Arguments);
        Assert.Equal(definition.Environment, read.Environment.ToList());
        Assert.Equal(19001, read.Port);
    }

    [Fact]
    public void Read_DropIn_ChangesIt()
    {
        using var directory = new TempDirectory();
        File.WriteAllText(directory["u.service"], "[Service]\n# a comment \\\nExecStart=/bin/openclaw gateway \\\n  --port 1\nEnvironment=A=1 B=2\n");
        Directory.CreateDirectory(directory["u.service.d"]);
        File.WriteAllText(directory["u.service.d", "10-port.conf"], "[Service]\nExecStart=\nExecStart=/bin/openclaw gateway --port 2\nEnvironment=\nEnvironment=C=%h/x\n");

        var read = SystemdUnitFile.Read(directory["u.service"], "/home/x")!;

        Assert.Equal(2, read.Port);
        Assert.Equal("C=/home/x/x", Assert.Single(read.Environment) is var (name, value) ? $"{name}={value}" : "");
    }

    [SystemdFact]
    public async Task Write_StrangeValues_AreAcceptedBySystemd()
    {
        using var directory = new TempDirectory();
        var program = Path.Combine(Directory.CreateDirectory(directory["the claw, 50% off"]).FullName, "openclaw");
        File.Copy("/bin/true", program);
        foreach (var user in (string?[])[null, "root"])
        {
            var unit = directory[$"openclaw-gateway-{user ?? "own"}.service"];
            File.WriteAllText(unit, SystemdUnit.Write(Definition(program) with { User = user }));

            using var verify = Process.Start(new ProcessStartInfo(Analyze, ["verify", "--man=no", unit]) { RedirectStandardError = true, RedirectStandardOutput = true })!;
            var said = await verify.StandardError.ReadToEndAsync().WithTimeout();
            await verify.WaitForExitAsync().WithTimeout();

            // It speaks of the machine's own units too.
            Assert.DoesNotContain("openclaw-gateway", said, StringComparison.Ordinal);
            Assert.Equal(0, verify.ExitCode);
        }
    }

    private static ServiceDefinition Definition(string program) => new()
    {
        Description = "OpenClaw Gateway (100%)",
        Arguments = [program, "gateway", "--note", "$HOME and ${X} \"quoted\" it's", "--port", "19001"],
        Environment = [new("PLAIN", "x"), new("SPACE", "a b"), new("QUOTES", "\"a\" 'b' \\c"), new("PERCENT", "%h %%"), new("LINES", "a\nb\tc"), new("DOLLAR", "$HOME")],
        LogDirectory = "/tmp",
    };
}

/// <summary>Needs systemd's own checker; says so where there is none.</summary>
internal sealed class SystemdFactAttribute : FactAttribute
{
    public SystemdFactAttribute()
    {
        if (!File.Exists("/usr/bin/systemd-analyze"))
            Skip = "There is no systemd-analyze on this machine: the generated units were NOT checked by systemd.";
    }
}
