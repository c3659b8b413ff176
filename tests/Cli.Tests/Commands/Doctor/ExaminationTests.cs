using OpenClaw.Cli.Commands.Doctor;
using OpenClaw.Cli.Diagnosis;
using OpenClaw.Cli.Startup;
using OpenClaw.Cli.Tests.Support;
using OpenClaw.Testing;

namespace OpenClaw.Cli.Tests.Commands.Doctor;

public sealed class ExaminationTests
{
    [Fact]
    public async Task Run_OneCheckHangs_TheOthersAreReportedAndItIsNamed()
    {
        using var home = new CliHome();
        using var never = new ManualResetEventSlim();
        var time = new ManualTimeProvider();
        var patient = await Patient.ExamineAsync(home.Context(), new DoctorOptions(), CancellationToken.None);
        var looked = 0;
        var examination = new Examination(
            [new Check("A", () => { never.Wait(); return []; }), new Check("B", () => { Volatile.Write(ref looked, 1); return [Found]; })], time);

        var running = examination.RunAsync(patient, CancellationToken.None);
        await TestTimeouts.Until(() => Volatile.Read(ref looked) == 1 && time.ArmedTimers == 1, "the other check to end and the limit of the first alone to be armed");
        time.Advance(Examination.CheckLimit);
        var areas = await running.WithTimeout();
        never.Set();

        Assert.Equal("doctor.check_timeout", areas.Single(area => area.Area == "A").Findings.Single().Id);
        Assert.Equal([Found], areas.Single(area => area.Area == "B").Findings);
    }

    [Fact]
    public async Task Run_OneCheckBreaks_TheOthersAreReportedAndItIsNamed()
    {
        using var home = new CliHome();
        var patient = await Patient.ExamineAsync(home.Context(), new DoctorOptions(), CancellationToken.None);
        var examination = new Examination([new Check("A", () => throw new InvalidDataException("torn")), new Check("B", () => [Found])], TimeProvider.System);

        var areas = await examination.RunAsync(patient, CancellationToken.None).WithTimeout();

        var broken = areas.Single(area => area.Area == "A").Findings.Single();
        Assert.Equal("doctor.check_failed", broken.Id);
        Assert.Equal("InvalidDataException: torn", broken.Detail);
        Assert.Equal([Found], areas.Single(area => area.Area == "B").Findings);
    }

    [Theory]
    [InlineData("y\n", true)]
    [InlineData("YES\n", true)]
    [InlineData("\n", false)]
    [InlineData("", false)]
    public async Task Ask_OnATerminal_OnlyYesIsConsent(string typed, bool expected)
    {
        using var home = new CliHome();
        using var output = new StringWriter();
        var context = new CommandContext(home.Environment(), output, output, new ConsoleTraits(IsTerminal: true, Color: false, () => 80), TimeProvider.System)
        {
            OpenInput = () => new StringReader(typed),
        };
        var finding = Found with { Repair = new Repair.Act("move it", _ => Task.FromResult<string?>(null)) { NeedsConsent = true } };

        Assert.Equal(expected, await new Consent(context, new DoctorOptions { Fix = true }).AskAsync(finding, CancellationToken.None));
        Assert.Equal("Something. Move it? [y/N] ", output.ToString());
    }

    [Fact]
    public async Task Ask_NonInteractive_IsNo()
    {
        using var home = new CliHome();

        Assert.False(await new Consent(home.Context(), new DoctorOptions { Fix = true, NonInteractive = true }).AskAsync(Found, CancellationToken.None));
    }

    private static readonly Finding Found = new("x.y", FindingSeverity.Warning, "Something", "it is so");

    private sealed class Check(string area, Func<IReadOnlyList<Finding>> look) : IDoctorCheck
    {
        public string Area => area;

        public Task<IReadOnlyList<Finding>> LookAsync(Patient patient, CancellationToken cancellation) => Task.FromResult(look());
    }
}
