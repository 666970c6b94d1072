using Weir.Broker.Buses;
using Weir.Protocols.Aws;
using Weir.Protocols.Aws.Codec;

namespace Weir.Protocols.EventBridge;

/// <summary>Reads what many operations ask for; null with the fault noted in the call.</summary>
internal static class EventInput
{
    private const int DescriptionLengthMax = 512;
    private const string RulePattern = @"[\.\-_A-Za-z0-9]+";
    private const string BusPattern = @"[/\.\-_A-Za-z0-9]+";

    /// <summary>A text that must be there and not be empty.</summary>
    public static string? Required(AwsCall call, Member member) => Required(call, call.Input, member);

    public static string? Required(AwsCall call, InputValue input, Member member)
    {
        var text = input[member].Text();
        if (call.Fault is not null) return null;
        if (!string.IsNullOrEmpty(text)) return text;
        call.Refuse(EventErrors.Missing(member.Name));
        return null;
    }

    /// <summary>A text that may be missing, of limited length; null also when it is missing.</summary>
    public static string? Optional(AwsCall call, InputValue input, Member member, int lengthMax)
    {
        var text = input[member].Text();
        if (text?.Length > lengthMax)
        {
            call.Refuse(EventErrors.Constraint(
                text, member.Name, $"Member must have length less than or equal to {lengthMax}"));
        }

        return call.Fault is null ? text : null;
    }

    /// <summary>As <see cref="Optional"/>, of what no error may repeat.</summary>
    public static string? Hidden(AwsCall call, InputValue input, Member member, int lengthMax)
    {
        var text = input[member].Text();
        if (text?.Length > lengthMax)
        {
            call.Refuse(EventErrors.Constraint(
                "(secret)", member.Name, $"Member must have length less than or equal to {lengthMax}"));
        }

        return call.Fault is null ? text : null;
    }

    public static string? Description(AwsCall call) =>
        Optional(call, call.Input, EventMembers.Description, DescriptionLengthMax);

    /// <summary>The bus that a rule or an event belongs to, by name or ARN; else the default one.</summary>
    public static BusName? Bus(AwsCall call) => Bus(call, EventMembers.EventBusName);

    public static BusName? Bus(AwsCall call, Member member)
    {
        var text = call.Input[member].Text();
        if (call.Fault is not null) return null;
        var (bus, error) = FindBus(call, text);
        if (error is not null) call.Refuse(error);
        return bus;
    }

    public static (BusName? Bus, AwsError? Error) FindBus(AwsCall call, string? text)
    {
        if (text is null) return (Own(call, BusName.Default), null);
        if (NameText.IsBus(text)) return (Own(call, text), null);
        if (EventArn.ParseBus(text) is not { } bus)
        {
            return (null, EventErrors.Constraint(
                text, EventMembers.EventBusName.Name, $"Member must satisfy regular expression pattern: {BusPattern}"));
        }

        return bus == Own(call, bus.Name) || (bus.Region == call.Identity.Region && IsGranted(call, bus))
            ? (bus, null)
            : (null, EventErrors.NotOwn(text));
    }

    /// <summary>The name of a bus, without an ARN around it.</summary>
    public static BusName? NewBus(AwsCall call)
    {
        if (Required(call, EventMembers.Name) is not { } text) return null;
        if (NameText.IsBus(text)) return Own(call, text);
        call.Refuse(EventErrors.Constraint(
            text, EventMembers.Name.Name, $"Member must satisfy regular expression pattern: {BusPattern}"));
        return null;
    }

    public static string? Rule(AwsCall call) => Rule(call, EventMembers.Name);

    public static string? Rule(AwsCall call, Member member)
    {
        if (Required(call, member) is not { } text) return null;
        if (NameText.IsRule(text)) return text;
        call.Refuse(text.Length > NameText.RuleLengthMax
            ? EventErrors.Constraint(
                text, member.Name, $"Member must have length less than or equal to {NameText.RuleLengthMax}")
            : EventErrors.Constraint(
                text, member.Name, $"Member must satisfy regular expression pattern: {RulePattern}"));
        return null;
    }

    // A rule of a bus is granted with the rule's ARN.
    private static bool IsGranted(AwsCall call, BusName bus) => call.GrantedArn is { } arn
        && (arn == EventArn.Write(bus) || EventArn.ParseRule(arn)?.Bus == bus);

    private static BusName Own(AwsCall call, string name) =>
        new(call.Identity.Account, call.Identity.Region, name);
}
