# ruff: noqa: E501 one way of saying it a line, however long
"""Words that many English phrases share."""

CANT = (
    'cant/cannot/couldnt/unable/"can not"/"could not"/"not able"/"not been able"/"havent been able"/"hasnt been able"'
    '/"no longer"/"cant even"'
)
HARDLY = f"{CANT}/hardly/barely/trouble/difficult*/struggl*/hard"
NO_LONGER = f"{CANT}/wont/wouldnt/dont/doesnt/didnt/isnt/arent/not/stopped/quit/quits"
NO_FEELING = "lost/losing/loss/lose/no/without/zero/less/gone"
LEG = "leg/legs/knee/knees/foot/feet/ankle/ankles/toe/toes/thigh/thighs/lege/legg"
ARM = "arm/arms/hand/hands/fingers/finger/grip/wrist/thumb"
LIMB = f"{LEG}/{ARM}"
SIDE = '"one side"/"left side"/"right side"/"whole side"/"half of"/"half my"/"half his"/"half her"/"neck down"/"waist down"/"lower half"/"bottom half"/"lower body"/"chest down"/"hips down"/"hip down"/"knees down"/"knee down"/"belly button down"/"ribs down"'
NUMB = 'numb*/numbish/nummb*/num/asleep/"pins and needles"/"pins needles"/novocain*/dentist/anesthe*/"no feeling"/"no sensation"/"lost feeling"/deadened'
PRIVATE = (
    "saddle/groin/crotch/bottom/rear/butt/buttock*/butocks/bum/genital*/privates/private/rectum/anus/anal/vagina*/vulva/penis"
    '/scrotum/testicl*/perine*/pelvis/tailbone/cheeks/wiping/wipe/hoohah/hooha/balls/nuts/coochie/dick/junk/vag/nether/tush/tushy/heinie/hiney/fanny/"my business"/"my parts"/"my bits"/"girl parts"/"boy parts"/"under carriage"/"down there"/"lady parts"/"between my legs"/"between his legs"'
    '/"between her legs"/"between the legs"/"inner thighs"/"inside of my thighs"/"inside my thighs"/"where i sit"/"sit on"/"bike seat"/"bicycle seat"'
)
URINE = "pee/pea/peeing/urine/urin*/urinat*/pis/piss/pissing/tinkle/water/bladder/blader/void/whizz/peepee/weewee/wee/peepe"
STOOL = (
    'bowel/bowels/bowl/bowls/poop/poops/pooping/poo/stool/stools/feces/shit/crap/"number two"/diarrhea/bm/bms'
)
TOILET = "bathroom/toilet/restroom/potty/commode"
NEWLY = (
    "since/hrs/hr/today/tonight/yesterday/suddenly/sudden/now/after/morning/afternoon/evening/hours/hour/overnight/started/woke/weekend"
    "/monday/tuesday/wednesday/thursday/friday/saturday/sunday/recently/worse/worsening/spreading/minutes/new"
    '/"last night"/"this week"/"few days"/"couple days"/"couple of days"/"two days"/"three days"/"2 days"/"3 days"/"4 days"/"5 days"'
)
SITE = (
    "injection/injections/injected/shot/shots/incision*/wound/site/spot/needle/stitches/sutures/staples/scar/stuck/poked/puncture/hole"
    '/bandage/dressing/surgery/operation/procedure/epidural/block/ablation/kyphoplasty/implant/pump/battery/"where you"/"where they"/"where the doctor"/"cut on"'
)
OPIOID = (
    "opioid*/opiate*/morphine/oxy*/percocet*/percs/norco*/hydrocodone/vicodin/dilaudid/fentanyl/fentanil/patch/patches/methadone/tramadol"
    "/codeine/contin/oxicodona/hydromorphone/suboxone/buprenorphine/belbuca/narcotic*/pills/pill/tablets/meds/med/medicine/medication*/medicin/dose/doses/gabapentin/lyrica/xanax/valium/ambien/baclofen/flexeril/tylenol/soma/relaxer/relaxers"
)
SELF = 'myself/himself/herself/themselves/"my self"/"him self"/"her self"/ourselves'
